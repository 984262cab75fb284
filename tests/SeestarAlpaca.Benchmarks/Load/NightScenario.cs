using System.Globalization;
using SeestarAlpaca.Benchmarks.Support;

namespace SeestarAlpaca.Benchmarks.Load;

/// <summary>
/// Memory of the server process over a night of stacks of 2160 × 3840 pixels, each of which two clients download, one from each camera; then idle. The
/// telescope is a process of its own. The curve is written as CSV and as a picture.
/// </summary>
internal static class NightScenario
{
    private const int NewFrame = 1;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <param name="args">Stacks for each client, default 200; the folder for the results, default artifacts/benchmarks; seconds to be idle afterwards, default 660: a stack counts as present for 600.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var stacks = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 200;
        var folder = args is [_, var given, ..] ? given : Path.Combine("artifacts", "benchmarks");
        var idle = TimeSpan.FromSeconds(args is [_, _, var seconds] ? int.Parse(seconds, CultureInfo.InvariantCulture) : 660);
        Directory.CreateDirectory(folder);
        var (telescope, address) = await ChildProcess.SimulateAsync("--model", "S30Pro", "--time-scale", "6");
        using (telescope)
        {
            var (server, port) = await ChildProcess.ServeAsync([address]);
            using (server)
            {
                using var enough = new CancellationTokenSource();
                var watching = WatchAsync(server, enough.Token);
                await Task.WhenAll(FollowAsync(port, 0, stacks), FollowAsync(port, 1, stacks));
                var busy = server.ProcessorTime;
                await Task.Delay(idle, TimeProvider.System);
                await enough.CancelAsync();
                var curve = await watching;
                Report(curve[..^(int)Math.Min(idle / Interval, curve.Count - 2)], curve[^1].Megabytes, idle, stacks, busy);
                Save(curve, folder);
            }
        }

        return 0;
    }

    /// <summary>One client: exposes, waits for a new stack, downloads it, again and again; then disconnects.</summary>
    private static async Task FollowAsync(int port, uint camera, int stacks)
    {
        using var client = await RawHttpClient.ConnectAsync(port, (int)camera + 1);
        await client.WaitForStackAsync(camera);
        await client.ReadoutModeAsync(camera, NewFrame);
        for (var i = 0; i < stacks; i++)
        {
            await client.StartAsync(camera, 0.1);
            await client.ReadyAsync(camera);
            await client.DownloadAsync(camera);
        }

        await client.DisconnectAsync(camera);
    }

    private static async Task<List<(double Seconds, double Megabytes)>> WatchAsync(ChildProcess server, CancellationToken cancellationToken)
    {
        var (start, curve) = (TimeProvider.System.GetTimestamp(), new List<(double, double)>());
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        do
        {
            curve.Add((TimeProvider.System.GetElapsedTime(start).TotalSeconds, server.ResidentMegabytes));
        }
        while (!cancellationToken.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None));

        return curve;
    }

    private static void Report(List<(double Seconds, double Megabytes)> work, double atEnd, TimeSpan idle, int stacks, TimeSpan busy)
    {
        var (first, second) = (work.Take(work.Count / 2).Max(point => point.Megabytes), work.Skip(work.Count / 2).Max(point => point.Megabytes));
        Console.WriteLine(FormattableString.Invariant(
            $"{stacks} stacks of 2160 × 3840 for each of two clients: at most {Math.Max(first, second):F0} MB resident (first half {first:F0}, second half {second:F0}), {atEnd:F0} MB after {idle.TotalSeconds:F0} s idle; {busy.TotalSeconds / stacks:F2} s of processor for a stack."));
    }

    private static void Save(List<(double Seconds, double Megabytes)> curve, string folder)
    {
        File.WriteAllLines(
            Path.Combine(folder, "night.csv"), curve.Select(point => FormattableString.Invariant($"{point.Seconds:F0},{point.Megabytes:F1}")).Prepend("seconds,resident_megabytes"));
        var chart = new LineChart("Resident memory of the server", "seconds", "megabytes");
        chart.Add("server", curve);
        chart.Save(Path.Combine(folder, "night.svg"));
    }
}
