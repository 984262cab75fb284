using System.Globalization;
using SeestarAlpaca.Benchmarks.Support;

namespace SeestarAlpaca.Benchmarks.Load;

/// <summary>
/// What the work costs as it grows: small and big stacks, one to eight telescopes, one to sixteen clients. Each row is a server process of its own; the
/// telescopes are others.
/// </summary>
internal static class GrowthScenario
{
    private const int NewFrame = 1;

    /// <param name="args">Stacks for each row, default 8; the folder for the picture, default artifacts/benchmarks; the largest number of telescopes and clients, default 16.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var stacks = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 8;
        var folder = args is [_, var given, ..] ? given : Path.Combine("artifacts", "benchmarks");
        var most = args is [_, _, var limit] ? int.Parse(limit, CultureInfo.InvariantCulture) : 16;
        Directory.CreateDirectory(folder);
        Console.WriteLine("| stack | telescopes | clients | resident MB | processor s per stack | processor s per download | download, median ms |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        var chart = new LineChart("Resident memory of the server", "telescopes, or clients of one telescope", "megabytes");
        foreach (var (model, name) in new[] { ("S50", "1080 × 1920"), ("S30Pro", "2160 × 3840") })
        {
            chart.Add($"{name}, telescopes", await RowsAsync([1, 2, 4, 8], most, n => MeasureAsync(model, name, n, 1, stacks)));
            chart.Add($"{name}, clients", await RowsAsync([1, 2, 4, 8, 16], most, n => MeasureAsync(model, name, 1, n, stacks)));
        }

        chart.Save(Path.Combine(folder, "growth.svg"));
        return 0;
    }

    private static async Task<List<(double X, double Y)>> RowsAsync(int[] sizes, int most, Func<int, Task<double>> measure)
    {
        var points = new List<(double, double)>();
        foreach (var size in sizes.Where(size => size <= most))
        {
            points.Add((size, await measure(size)));
        }

        return points;
    }

    private static async Task<double> MeasureAsync(string model, string name, int telescopes, int clients, int stacks)
    {
        var simulated = new List<ChildProcess>();
        try
        {
            var addresses = new List<string>();
            for (var i = 0; i < telescopes; i++)
            {
                var (process, address) = await ChildProcess.SimulateAsync(
                    "--model", model, "--seed", (i + 1).ToString(CultureInfo.InvariantCulture), "--time-scale", telescopes > 4 ? "2" : "4");
                simulated.Add(process);
                addresses.Add(address);
            }

            var (server, port) = await ChildProcess.ServeAsync(addresses);
            using (server)
            {
                return await MeasureAsync(server, port, name, telescopes, clients, stacks);
            }
        }
        finally
        {
            simulated.ForEach(process => process.Dispose());
        }
    }

    private static async Task<double> MeasureAsync(ChildProcess server, int port, string name, int telescopes, int clients, int stacks)
    {
        var begin = new TaskCompletionSource();
        var following = Enumerable.Range(0, telescopes * clients).Select(i => FollowAsync(port, (uint)((2 * (i % telescopes)) + 1), i, stacks, begin.Task)).ToList();
        await Task.WhenAll(following.Select(pair => pair.Ready));
        var before = server.ProcessorTime;
        begin.SetResult();
        var peak = 0.0;
        var all = Task.WhenAll(following.Select(pair => pair.Times));
        while (!all.IsCompleted)
        {
            peak = Math.Max(peak, server.ResidentMegabytes);
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System));
        }

        var times = new Sample((await all).SelectMany(list => list));
        var busy = (server.ProcessorTime - before).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {telescopes} | {clients} | {peak:F0} | {busy / (telescopes * stacks):F3} | {busy / times.Count:F3} | {1e3 * times.Median:F0} |"));
        return peak;
    }

    /// <summary>One client: ready when it has exposed once; then the time of each download.</summary>
    private static (Task Ready, Task<List<double>> Times) FollowAsync(int port, uint camera, int id, int stacks, Task begin)
    {
        var ready = new TaskCompletionSource();
        return (ready.Task, RunAsync());

        async Task<List<double>> RunAsync()
        {
            using var client = await RawHttpClient.ConnectAsync(port, id + 1);
            await client.WaitForStackAsync(camera);
            await client.ReadoutModeAsync(camera, NewFrame);
            ready.SetResult();
            await begin;
            var times = new List<double>();
            for (var i = 0; i < stacks; i++)
            {
                await client.StartAsync(camera, 0.1);
                await client.ReadyAsync(camera);
                var asked = TimeProvider.System.GetTimestamp();
                await client.DownloadAsync(camera);
                times.Add(TimeProvider.System.GetElapsedTime(asked).TotalSeconds);
            }

            return times;
        }
    }
}
