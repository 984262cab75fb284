using SeestarAlpaca.Benchmarks.Support;

namespace SeestarAlpaca.Benchmarks.Load;

/// <summary>
/// How many questions for imageready a client gets answered in a second while another downloads pictures without pause, against an endpoint of the same
/// web server that does nothing. Both are asked in turn, block by block, so that the machine's moods meet both.
/// </summary>
internal static class RequestScenario
{
    private const int Blocks = 20;
    private const int RequestsPerBlock = 250;

    public static async Task<int> RunAsync()
    {
        await using var server = await BenchServer.StartAsync();
        using var enough = new CancellationTokenSource();
        var downloads = DownloadAsync(server, enough.Token);
        using var client = await RawHttpClient.ConnectAsync(server.Port);
        var (empty, ready) = (new List<double>(), new List<double>());
        await AskAsync(client, BenchServer.EmptyPath, []);
        for (var block = 0; block < Blocks; block++)
        {
            await AskAsync(client, BenchServer.EmptyPath, empty);
            await AskAsync(client, BenchServer.CameraPath(BenchServer.RgbCamera, "imageready?ClientID=1&ClientTransactionID=7"), ready);
        }

        await enough.CancelAsync();
        var (nothing, imageReady) = (new Sample(empty), new Sample(ready));
        Console.WriteLine($"Under {await downloads} downloads of 49.8 MB, {Blocks * RequestsPerBlock} requests each:");
        Console.WriteLine(FormattableString.Invariant($"empty endpoint  {1 / nothing.Mean,7:F0}/s, median {1e3 * nothing.Median:F3} ms, p99 {1e3 * nothing.Quantile(0.99):F2} ms"));
        Console.WriteLine(FormattableString.Invariant($"imageready      {1 / imageReady.Mean,7:F0}/s, median {1e3 * imageReady.Median:F3} ms, p99 {1e3 * imageReady.Quantile(0.99):F2} ms"));
        Console.WriteLine(FormattableString.Invariant($"ratio           {nothing.Mean / imageReady.Mean:F2} (of the medians {nothing.Median / imageReady.Median:F2})"));
        return 0;
    }

    private static async Task AskAsync(RawHttpClient client, string path, List<double> times)
    {
        for (var i = 0; i < RequestsPerBlock; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await client.GetAsync(path);
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        }
    }

    private static async Task<int> DownloadAsync(BenchServer server, CancellationToken cancellationToken)
    {
        using var client = await RawHttpClient.ConnectAsync(server.Port);
        var count = 0;
        for (; !cancellationToken.IsCancellationRequested; count++)
        {
            await client.DownloadAsync(BenchServer.RgbCamera);
        }

        return count;
    }
}
