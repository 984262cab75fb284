using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Recordings;

/// <summary>What a client saw in one step of a driven clock: events as they are, and the samples of pictures.</summary>
internal sealed record Sight(int Step, string What);

/// <summary>
/// A client of a telescope that streams previews and fetches each new stack, on a clock that is driven in steps of 0.1 s. After each step it waits for
/// the answers to heartbeats, so that it has seen whatever came before.
/// </summary>
internal sealed class Night(ManualTimeProvider clock, ControlClient control, ImageClient image)
{
    private int _step;

    public List<Sight> Seen { get; } = [];

    /// <summary>The payloads of stacks, in order.</summary>
    public List<byte[]> Stacks { get; } = [];

    public int Previews { get; private set; }

    /// <summary>Advances the clock step by step until something has been seen.</summary>
    public async Task WatchAsync(Func<bool> isOver)
    {
        while (!isOver())
        {
            Assert.True(_step++ < 3000, "Five minutes went by, and it did not happen.");
            clock.Advance(TimeSpan.FromSeconds(0.1));
            var grown = await ListenAsync();
            await LookAsync();
            if (grown)
            {
                await FetchAsync();
            }
        }
    }

    public Task BeginStreamingAsync() => ExpectAsync("begin_streaming", 21);

    public Task StopStreamingAsync() => ExpectAsync("stop_streaming", 22);

    /// <summary>Whether the stack has grown.</summary>
    private async Task<bool> ListenAsync()
    {
        var grown = false;
        await control.SendAsync("{\"id\":77,\"verify\":true,\"method\":\"test_connection\"}\r\n");
        for (var line = await control.ReadLineAsync(); !line.EndsWith("\"id\":77}", StringComparison.Ordinal); line = await control.ReadLineAsync())
        {
            Seen.Add(new Sight(_step, line));
            grown |= line.Contains("frame_complete", StringComparison.Ordinal);
        }

        return grown;
    }

    private async Task LookAsync() => await ExpectAsync("test_connection", 2);

    private async Task FetchAsync()
    {
        var frame = await ExpectAsync("get_stacked_img", 23);
        Stacks.Add(frame.Payload);
        Seen.Add(new Sight(_step, $"stack {frame.Width}×{frame.Height} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame.Payload))}"));
    }

    /// <summary>Asks, and takes the previews that come before the answer.</summary>
    private async Task<WireFrame> ExpectAsync(string method, int id)
    {
        await image.SendAsync(id, method);
        while (true)
        {
            var frame = await image.ReadAsync();
            if (frame.Id == id && !(method == "begin_streaming" && frame.Kind == 1))
            {
                return frame;
            }

            Previews++;
            Seen.Add(new Sight(_step, $"preview {frame.ImageId} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame.Payload))}"));
        }
    }
}

/// <summary>A recording of a short night, in a folder that is gone after the test.</summary>
internal sealed class RecordedNight : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName;

    public string File => Path.Combine(_folder, "night.ssrec");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Records a live view and a stack of three, and returns what the client saw.</summary>
    public async Task<Night> RecordAsync(string extraRequest = "")
    {
        var clock = new ManualTimeProvider();
        await using var recorder = TrafficRecorder.Start(File, "test", clock, NullLogger.Instance);
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Recorder = recorder }, clock);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var image = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        if (extraRequest.Length > 0)
        {
            await control.AskAsync(extraRequest);
        }

        var night = new Night(clock, control, image);
        simulator.StartView();
        await night.WatchAsync(() => night.Seen.Exists(sight => sight.What.StartsWith("{\"Event\":\"ContinuousExposure\"", StringComparison.Ordinal)));
        await night.BeginStreamingAsync();
        await night.WatchAsync(() => night.Previews >= 4);
        await night.StopStreamingAsync();
        simulator.StartStack();
        await night.WatchAsync(() => night.Stacks.Count == 3);
        return night;
    }

    /// <summary>Plays the recording.</summary>
    public Task<Simulator.Recordings.RecordedTelescope> PlayAsync(TimeProvider clock, double timeScale = 1) => Simulator.Recordings.RecordedTelescope.StartAsync(
        new() { File = File, TimeScale = timeScale, IdleLimit = Timeout.InfiniteTimeSpan }, clock, NullLoggerFactory.Instance, Token);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
