using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

/// <summary>The video ports of whole simulators. The clips are kept ones, so that no encoder is needed.</summary>
public sealed class VideoPortTests : IDisposable
{
    private static readonly string Nowhere = Path.Combine(Path.GetTempPath(), "no-such-ffmpeg");

    private readonly ManualTimeProvider _clock = new();
    private readonly DirectoryInfo _clips = Directory.CreateTempSubdirectory("seestar-video-");
    private readonly SimulatorOptions _options;

    public VideoPortTests()
    {
        _options = Start.Small with { VideoDirectory = _clips.FullName, FfmpegPath = Nowhere };
        foreach (var scene in new[] { Scene.Telephoto, Scene.Wide, Scene.SolarSystem })
        {
            File.WriteAllBytes(ClipStore.PathOf(_clips.FullName, scene), TestClip.Stream(VideoFormat.Frames));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _clips.Delete(recursive: true);

    [Fact]
    public async Task Connections_are_refused_but_while_the_stage_is_RTSP()
    {
        await using var simulator = await Start.SimulatorAsync(_options, _clock);
        var port = simulator.RtspEndPoint!;
        Assert.True(await RtspClient.IsRefusedAsync(port));
        simulator.StartView();
        _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        Assert.True(await RtspClient.IsRefusedAsync(port));

        for (var time = 0; time < 2; time++)
        {
            Show(simulator, s => s.StartScenery());
            using var client = await RtspClient.ConnectAsync(port);
            Assert.Equal(200, (await client.AskAsync("OPTIONS")).Status);

            simulator.StartView();
            _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");

            await client.EndAsync();
            Assert.True(await RtspClient.IsRefusedAsync(port));
        }
    }

    [Fact]
    public async Task The_port_opens_not_before_the_stage_is_told()
    {
        await using var simulator = await Start.SimulatorAsync(_options, _clock);

        simulator.StartScenery();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(await RtspClient.IsRefusedAsync(simulator.RtspEndPoint!));
        simulator.StopView();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await RtspClient.IsRefusedAsync(simulator.RtspEndPoint!));
    }

    [Fact]
    public async Task Scenery_opens_both_ports_of_a_telescope_with_two_cameras_and_the_Sun_only_one()
    {
        await using var simulator = await Start.SimulatorAsync(_options with { Model = SeestarModel.S30Pro }, _clock);

        Show(simulator, s => s.StartScenery());
        Assert.Equal((false, false), await RefusedAsync(simulator));
        simulator.StopView();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((true, true), await RefusedAsync(simulator));
        Show(simulator, s => s.StartSolarSystem("sun"));
        Assert.Equal((false, true), await RefusedAsync(simulator));
    }

    [Fact]
    public async Task The_telescope_tells_the_port_asked_for_or_its_own_where_any_will_do()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var free = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        foreach (var (asked, told) in new (int?, int)[] { (0, 4554), (null, 4554), (free, free) })
        {
            await using var simulator = await Start.SimulatorAsync(_options with { RtspPort = asked }, _clock);
            using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
            Show(simulator, s => s.StartScenery());

            var video = (await control.EventsUntilAsync("\"RTSP\""))[^1];
            Assert.Equal(("working", told), (video["state"].GetString(), video["port"].GetInt32()));
            var view = await control.ResultAsync("""{"id":1,"method":"get_view_state","verify":true}""");
            Assert.Equal(told, view.GetProperty("View").GetProperty("RTSP").GetProperty("port").GetInt32());
            Assert.Equal(asked is null, simulator.RtspEndPoint is null);
        }
    }

    [Fact]
    public async Task Two_clients_get_the_same_pictures_from_a_key_frame_on()
    {
        await using var simulator = await Start.SimulatorAsync(_options with { TimeScale = 100 });
        simulator.StartScenery();
        await simulator.WaitForVideoAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        using var one = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        using var other = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        var play = await one.PlayAsync();
        await other.PlayAsync();

        await Task.WhenAll(one.ReadPicturesAsync(50), other.ReadPicturesAsync(50));

        Assert.Contains($";seq={one.Video.FirstSequence};rtptime={one.Video.Pictures[0].RtpTime}", play.Headers["RTP-Info"]);
        Assert.NotEqual(one.Video.Source, other.Video.Source);
        Assert.All(new[] { one, other }, client => Assert.Single(client.Reports));
        Assert.All(new[] { one, other }, client => AssertPlays(client.Video.Pictures));
        var both = one.Video.Pictures.Join(other.Video.Pictures, p => p.RtpTime, p => p.RtpTime, (a, b) => (a, b)).ToList();
        Assert.NotEmpty(both);
        Assert.All(both, pair => Assert.Equal(pair.a.Units, pair.b.Units));
    }

    [Fact]
    public async Task A_client_that_does_not_read_for_a_while_goes_on_with_a_later_key_frame_and_holds_up_nobody()
    {
        await File.WriteAllBytesAsync(ClipStore.PathOf(_clips.FullName, Scene.Telephoto), TestClip.Stream(VideoFormat.Frames, 200_000, 100_000), Token);
        await using var simulator = await Start.SimulatorAsync(_options with { TimeScale = 100 });
        simulator.StartScenery();
        await simulator.WaitForVideoAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        using var slow = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        using var other = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        await slow.PlayAsync();
        await other.PlayAsync();
        await slow.ReadPicturesAsync(1);

        await other.ReadPicturesAsync(75);
        await slow.ReadPicturesAsync(45);

        AssertPlays(slow.Video.Pictures);
        Assert.Contains(slow.Video.Pictures.Zip(slow.Video.Pictures.Skip(1)), pair => pair.Second.RtpTime - pair.First.RtpTime > 3000);
    }

    [Fact]
    public async Task A_client_that_plays_can_ask_and_stop_and_play_again()
    {
        await using var simulator = await Start.SimulatorAsync(_options with { TimeScale = 100 });
        simulator.StartScenery();
        await simulator.WaitForVideoAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        using var client = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        var session = (await client.PlayAsync()).Headers["Session"];
        await client.ReadPicturesAsync(3);

        Assert.Equal(200, (await client.AskAsync("GET_PARAMETER", $"Session: {session}")).Status);
        await client.SendAsync("$\u0001\0\u0004abcd");
        Assert.Equal(405, (await client.AskAsync("PAUSE", $"Session: {session}")).Status);
        Assert.Equal(200, (await client.AskAsync("TEARDOWN", $"Session: {session}")).Status);
        var stopped = client.Video.Pictures.Count;
        Assert.Equal(200, (await client.AskAsync("OPTIONS")).Status);

        Assert.Equal(stopped, client.Video.Pictures.Count);
        using var again = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        await again.PlayAsync();
        await again.ReadPicturesAsync(1);
        Assert.True(again.Video.Pictures[0].IsKey);
    }

    [Fact]
    public async Task Garbage_is_answered_with_bad_request_and_ends_the_connection()
    {
        await using var simulator = await Start.SimulatorAsync(_options, _clock);
        Show(simulator, s => s.StartScenery());
        using var client = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: h\r\n\r\n");

        Assert.Equal(400, (await client.ReplyAsync()).Status);
        await client.EndAsync();
    }

    [Fact]
    public async Task A_client_is_closed_after_a_minute_of_silence_and_anything_it_sends_counts()
    {
        await using var simulator = await Start.SimulatorAsync(_options, _clock);
        Show(simulator, s => s.StartScenery());
        using var client = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await client.AskAsync("OPTIONS")).Status);
            _clock.Advance(TimeSpan.FromSeconds(59));
        }

        Assert.Equal(200, (await client.AskAsync("GET_PARAMETER")).Status);
        _clock.Advance(TimeSpan.FromSeconds(61));
        await client.EndAsync();
    }

    [Fact]
    public async Task One_client_too_many_is_closed()
    {
        await using var simulator = await Start.SimulatorAsync(_options, _clock);
        Show(simulator, s => s.StartScenery());
        var clients = new List<RtspClient>();
        for (var i = 0; i < VideoPort.MaxConnections; i++)
        {
            clients.Add(await RtspClient.ConnectAsync(simulator.RtspEndPoint!));
            Assert.Equal(200, (await clients[i].AskAsync("OPTIONS")).Status);
        }

        using var last = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        await last.EndAsync();

        Assert.Equal(200, (await clients[0].AskAsync("OPTIONS")).Status);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Switching_off_while_clients_play_or_do_not_read_takes_less_than_a_second()
    {
        var simulator = await Start.SimulatorAsync(_options with { TimeScale = 100 });
        simulator.StartScenery();
        await simulator.WaitForVideoAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        using var plays = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        using var sleeps = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        await sleeps.PlayAsync();
        await plays.PlayAsync();
        await plays.ReadPicturesAsync(5);
        var began = TimeProvider.System.GetTimestamp();

        await simulator.DisposeAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await plays.EndAsync();
        Assert.True(await RtspClient.IsRefusedAsync(simulator.RtspEndPoint!));
    }

    [Fact]
    public async Task Without_ffmpeg_describing_is_unavailable_and_the_log_says_why_once()
    {
        using var log = new LogList();
        await using var simulator = await SeestarSimulator.StartAsync(
            _options with { VideoDirectory = Path.Combine(_clips.FullName, "none") }, _clock, log, Token);
        Show(simulator, s => s.StartScenery());
        using var client = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);

        Assert.Equal(503, (await client.AskAsync("DESCRIBE")).Status);
        Assert.Equal(503, (await client.AskAsync("DESCRIBE")).Status);

        var sentence = Assert.Single(log.Lines, line => line.Contains("video", StringComparison.Ordinal));
        Assert.Equal($"The simulated telescope has no video. The video is made with ffmpeg, and there is none at {Nowhere}.", sentence);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var fault = await Assert.ThrowsAsync<IOException>(() => Start.SimulatorAsync(_options with { RtspPort = port }));

        Assert.StartsWith($"The simulated telescope's video port 127.0.0.1:{port} cannot be had: ", fault.Message);
    }

    /// <summary>Each picture is the one after the picture before, or a key frame because the machine was late; and it is what its time says.</summary>
    private static void AssertPlays(List<ReceivedPicture> pictures)
    {
        Assert.True(pictures[0].IsKey);
        foreach (var (before, after) in pictures.Zip(pictures.Skip(1)))
        {
            var steps = (int)(after.RtpTime - before.RtpTime) / 3000;
            Assert.True(steps == 1 || (steps > 1 && after.IsKey), $"{steps} steps");
            Assert.Equal((before.Units[^1][2] - 1 + steps) % 240, after.Units[^1][2] - 1);
        }
    }

    private static async Task<(bool Telephoto, bool Wide)> RefusedAsync(SeestarSimulator simulator) =>
        (await RtspClient.IsRefusedAsync(simulator.RtspEndPoint!), await RtspClient.IsRefusedAsync(simulator.WideRtspEndPoint!));

    private void Show(SeestarSimulator simulator, Action<SeestarSimulator> start)
    {
        start(simulator);
        _clock.AdvanceUntil(() => simulator.Stage == "RTSP");
        _clock.Advance(TimeSpan.FromSeconds(4));
    }

    private sealed class LogList : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lock (Lines)
                {
                    Lines.Add(formatter(state, exception));
                }
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
