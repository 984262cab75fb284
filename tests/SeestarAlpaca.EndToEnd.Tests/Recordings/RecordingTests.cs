using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Recordings;

namespace SeestarAlpaca.EndToEnd.Tests.Recordings;

/// <summary>Server and telescope record each other; both recordings are played to a server again.</summary>
public sealed class RecordingTests : IDisposable
{
    private const int Subs = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName;

    private string Served => Path.Combine(_folder, "served.ssrec");

    private string Simulated => Path.Combine(_folder, "simulated.ssrec");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_ends_record_the_same_and_a_server_gets_the_same_stacks_from_either_recording()
    {
        var live = await RecordAsync();

        var served = await PlayAsync(Served);
        var simulated = await PlayAsync(Simulated);

        AssertSame(Traffic(Simulated, isLine: true), Traffic(Served, isLine: true));
        AssertSame(Traffic(Simulated, isLine: false), Traffic(Served, isLine: false));
        Assert.Contains(Subs, live.Keys);
        AssertSame(live, served);
        AssertSame(live, simulated);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What the telescope sent last may not have been read by a server that was ending.</summary>
    private static void AssertSame(List<string> sent, List<string> read)
    {
        Assert.Equal(sent.Take(read.Count), read);
        Assert.InRange(read.Count, Math.Max(5, sent.Count - 5), sent.Count);
    }

    private static void AssertSame(Dictionary<int, string> live, Dictionary<int, string> played)
    {
        Assert.Equal(live[Subs], played[Subs]);
        Assert.All(played.Where(stack => live.ContainsKey(stack.Key)), stack => Assert.Equal(live[stack.Key], stack.Value));
    }

    private async Task<Dictionary<int, string>> RecordAsync()
    {
        await using var recorder = TrafficRecorder.Start(Simulated, "test", TimeProvider.System, NullLogger.Instance);
        await using var observatory = await Observatory.StartAsync(
            [Observatory.FastTelescope with { Recorder = recorder, TimeScale = 20, Subs = Subs }], new ServerOptions { Record = Served });
        return await WatchAsync(observatory);
    }

    private static async Task<Dictionary<int, string>> PlayAsync(string file)
    {
        await using var telescope = await RecordedTelescope.StartAsync(new() { File = file }, TimeProvider.System, NullLoggerFactory.Instance, Token);
        await using var observatory = await Observatory.StartServerAsync(
            [], new ServerOptions { Telescopes = [TelescopeAddress.Parse(telescope.TelescopeAddressText)] }, null, null, Token);
        return await WatchAsync(observatory);
    }

    /// <summary>Looks until the last stack, and keeps the samples of each.</summary>
    private static async Task<Dictionary<int, string>> WatchAsync(Observatory observatory)
    {
        var stacks = new Dictionary<int, string>();
        using var wish = observatory.Telescope.Session.Demand.Want(SeestarAlpaca.Seestar.Session.FrameWish.Stacks);
        await observatory.WaitAsync(telescope =>
        {
            using var stack = telescope.Session.LeasePresentStack();
            if (stack?.Details.Frames is { } frames and > 0)
            {
                stacks[frames] = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(stack.Image.Samples)));
            }

            return stacks.ContainsKey(Subs);
        });
        return stacks;
    }

    /// <summary>What the telescope sent: events, of which none is masked, or pieces of pictures.</summary>
    private static List<string> Traffic(string path, bool isLine)
    {
        using var file = RecordingFile.Open(path);
        var seen = new List<string>();
        for (var at = RecordingFile.First; file.Next(at) is { } place; at = place.End)
        {
            var payload = file.Read(place);
            if (isLine && place.Head.Kind == RecordKind.TelescopeLine && Encoding.UTF8.GetString(payload) is var line && line.StartsWith("{\"Event\"", StringComparison.Ordinal))
            {
                seen.Add(line);
            }
            else if (!isLine && place.Head.Kind == RecordKind.FrameData)
            {
                seen.Add(Convert.ToHexString(SHA256.HashData(payload)));
            }
        }

        return seen;
    }
}
