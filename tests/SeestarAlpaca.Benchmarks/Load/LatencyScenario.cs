using System.Globalization;
using SeestarAlpaca.Benchmarks.Support;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.Benchmarks.Load;

/// <summary>
/// From the last byte of a stack of 2160 × 3840 pixels, which comes at 10 MB/s, to the answer that the image is ready; and from the request for the image
/// to its first byte.
/// </summary>
internal static class LatencyScenario
{
    private const double BytesPerSecond = 10e6;
    private const int NewFrame = 1;

    /// <param name="args">How many exposures for each camera; default 10.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var exposures = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 10;
        PacedWire? wire = null;
        await using var server = await BenchServer.StartAsync(new SimulatorOptions { DoubleStack = true, TimeScale = 2 }, telescope =>
        {
            wire = new PacedWire(telescope.ImageEndPoint, BytesPerSecond);
            wire.Start();
            return $"127.0.0.1;control={telescope.ControlEndPoint.Port};image={wire.Port}";
        });
        await using (wire)
        {
            foreach (var (camera, name) in new[] { (BenchServer.RgbCamera, "RGB"), (BenchServer.MosaicCamera, "mosaic") })
            {
                await MeasureAsync(server, wire!, camera, name, exposures);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(BenchServer server, PacedWire wire, uint camera, string name, int exposures)
    {
        using var client = await RawHttpClient.ConnectAsync(server.Port);
        await client.ExposeAsync(camera, 0);
        await client.ReadoutModeAsync(camera, NewFrame);
        var (held, ready, firstByte) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < exposures; i++)
        {
            await client.StartAsync(camera, 0.1);
            var arrival = ArrivalAsync(server.Telescope.Session);
            await client.ReadyAsync(camera);
            held.Add(TimeProvider.System.GetElapsedTime(wire.LastPictureAt, await arrival).TotalSeconds);
            ready.Add(TimeProvider.System.GetElapsedTime(wire.LastPictureAt).TotalSeconds);
            var asked = TimeProvider.System.GetTimestamp();
            await client.DownloadAsync(camera);
            firstByte.Add(TimeProvider.System.GetElapsedTime(asked, client.FirstByteAt).TotalSeconds);
        }

        var (toHeld, toReady, toFirstByte) = (new Sample(held), new Sample(ready), new Sample(firstByte));
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-7} {exposures} stacks: last byte to decoded median {1e3 * toHeld.Median:F1} ms, to ImageReady median {1e3 * toReady.Median:F1} ms, worst {1e3 * toReady.Quantile(1):F1} ms; request to first byte median {1e3 * toFirstByte.Median:F2} ms, worst {1e3 * toFirstByte.Quantile(1):F2} ms"));
    }

    /// <summary>When the next stack is held by the server.</summary>
    private static async Task<long> ArrivalAsync(SeestarSession session)
    {
        var before = session.Snapshot.Stack?.Sequence;
        while (true)
        {
            var next = session.Changed.Next;
            if (session.Snapshot.Stack?.Sequence != before)
            {
                return TimeProvider.System.GetTimestamp();
            }

            await next;
        }
    }
}
