using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;
using SeestarAlpaca.Seestar.Tests.Session;
using SeestarAlpaca.Seestar.Tests.Wire;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Support;

/// <summary>
/// Cameras of a telescope in memory, on a clock that the test moves. Its stacks are 4 × 2 pixels of one level. In the end all memory must have been
/// given back.
/// </summary>
internal sealed class CameraBench : IAsyncDisposable
{
    public const int StackWidth = 4;
    public const int StackHeight = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _ending = new();
    private readonly PixelPool _pool = new(retained: 0);
    private readonly ServerOptions _options;
    private readonly List<SeestarCamera> _cameras = [];
    private readonly Task _running;
    private readonly DateTimeOffset _began;
    private FakeControlPort? _control;
    private FakeImagePort? _image;
    private double _temperature = 20;

    public CameraBench(ServerOptions? options = null, bool isSizeKnown = true, SessionOptions? session = null)
    {
        (_options, _began) = (options ?? new ServerOptions(), Clock.GetUtcNow());
        Wire = new FakeTelescope(Clock);
        var record = isSizeKnown ? KnownTelescopes.Record(StackWidth, StackHeight) : KnownTelescopes.Record();
        Telescope = new Telescope(record, false, session ?? new SessionOptions(), _ => Wire, _pool, Clock, new Random(1), NullLoggerFactory.Instance);
        _running = Task.Run(() => Telescope.Session.RunAsync(_ending.Token));
    }

    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 22, 15, 30, 250, TimeSpan.FromHours(2)));

    public FakeTelescope Wire { get; }

    public Telescope Telescope { get; }

    public FrameDemand Demand => Telescope.Session.Demand;

    public FakeImagePort Image => _image!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A bench whose telescope has begun a stack without an exposure in it yet, with a camera that is connected.</summary>
    public static async Task<(CameraBench Bench, SeestarCamera Camera)> StartAsync(
        ServerOptions? options = null, CameraFormat format = CameraFormat.LiveStackRgb, bool isSizeKnown = true)
    {
        var bench = new CameraBench(options, isSizeKnown);
        await bench.MeetAsync();
        await bench.TellAsync(Told.ViewOf("M44"), Told.Stack(0));
        var camera = bench.Camera(format);
        await ConnectAsync(camera);
        await bench.MeetImageAsync();
        return (bench, camera);
    }

    /// <summary>A camera for one more client.</summary>
    public SeestarCamera Camera(CameraFormat format = CameraFormat.LiveStackRgb)
    {
        var record = Telescope.Record.Cameras.Single(camera => camera.Format == format);
        var device = new SeestarCameraDevice(record, Telescope, _options, Clock, NullLogger<SeestarCamera>.Instance);
        var camera = (SeestarCamera)device.Open(System.Net.IPAddress.Loopback);
        _cameras.Add(camera);
        return camera;
    }

    /// <summary>Connects as a client does that waits.</summary>
    public static Task ConnectAsync(SeestarCamera camera) => Task.Run(() => camera.Connected = true, Token).WaitAsync(Patience, Token);

    /// <summary>Waits until the control port is open.</summary>
    public async Task MeetAsync()
    {
        _control = await NextAsync(Wire.Controls);
        await UntilAsync(now => now.Control.Phase == LinkPhase.Open);
    }

    /// <summary>Waits until the image port is open.</summary>
    public async Task MeetImageAsync()
    {
        _image = await NextAsync(Wire.Images);
        await _image.Beats.MoreThanAsync(0, Token);
    }

    /// <summary>The telescope goes away.</summary>
    public async Task LoseAsync()
    {
        Wire.Obstacle = _ => new IOException("There is no way to the telescope.");
        _control!.Reset();
        _image?.Reset();
        (_control, _image) = (null, null);
        await UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
    }

    /// <summary>Sends events and waits until the last one is known.</summary>
    public async Task TellAsync(params string[] events)
    {
        foreach (var line in events)
        {
            await _control!.SendAsync(line);
        }

        // What is told last is heard last: a status with a temperature of its own.
        _temperature += 0.25;
        await _control!.SendAsync(FormattableString.Invariant($$"""{"Event":"PiStatus","temp":{{_temperature}}}"""));
        await UntilAsync(now => now.Telescope.Status.CpuTemperature == _temperature);
    }

    /// <summary>The telescope tells of a stack and sends it when it is asked for.</summary>
    public async Task StackAsync(int frames, ushort? level = null, int width = StackWidth, int height = StackHeight)
    {
        await TellAsync(Told.Stack(frames));
        await DeliverAsync(level ?? (ushort)frames, width, height);
    }

    /// <summary>The telescope sends the stack when it is asked for.</summary>
    public async Task DeliverAsync(ushort level, int width = StackWidth, int height = StackHeight)
    {
        var asked = Image.NextAsync(Token);
        await PassUntilAsync(() => asked.IsCompleted, atMost: 60);
        Assert.Equal("get_stacked_img", await asked);
        await RepeatAsync(level, width, height);
    }

    /// <summary>The telescope sends the stack without being asked.</summary>
    public async Task RepeatAsync(ushort level, int width = StackWidth, int height = StackHeight)
    {
        var before = Telescope.Session.Frames.NewestDetails?.Sequence;
        await Image.SendAsync(FrameBytes.Stack(level, width, height));
        await UntilAsync(now => now.Stack?.Sequence != before);
    }

    /// <summary>Lets time pass; the telescope's heartbeats are kept up with.</summary>
    public async Task PassAsync(double seconds)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Step)
        {
            await StepAsync(left < Step ? left : Step);
        }
    }

    /// <summary>Lets time pass until something holds.</summary>
    /// <returns>How many seconds passed: what it took, and a few steps of half a second more where the machine is slow.</returns>
    public async Task<double> PassUntilAsync(Func<bool> holds, double atMost)
    {
        var began = Clock.GetTimestamp();
        while (!await SoonAsync(holds))
        {
            Assert.True(Clock.GetElapsedTime(began) <= TimeSpan.FromSeconds(atMost), $"It did not become so within {atMost} s.");
            await StepAsync(Step);
        }

        return Clock.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Exposes and lets time pass until it is over.</summary>
    public async Task<double> ExposeAsync(SeestarCamera camera, double seconds)
    {
        camera.StartExposure(seconds, true);
        return await PassUntilAsync(() => camera.CameraState == Alpaca.Contracts.CameraState.Idle, atMost: seconds + 200);
    }

    /// <summary>Waits for something to be so, without letting time pass.</summary>
    public async Task UntilAsync(Func<SessionSnapshot, bool> condition)
    {
        while (true)
        {
            var next = Telescope.Session.Changed.Next;
            if (condition(Telescope.Session.Snapshot))
            {
                return;
            }

            await next.WaitAsync(Patience, Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _cameras.ForEach(camera => camera.Dispose());
        Assert.False(Demand.WantsPictures);
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.WaitAsync(Patience, CancellationToken.None));
        _ending.Dispose();
        Telescope.Dispose();
        await Eventually.HoldsAsync(() => _pool.SamplesHeld == 0);
    }

    /// <summary>Gives other threads a chance to follow the clock; they are not waited for longer when nothing becomes of it.</summary>
    private static async Task<bool> SoonAsync(Func<bool> holds)
    {
        for (var tries = 0; tries < 10 && !holds(); tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Token);
        }

        return holds();
    }

    private async Task StepAsync(TimeSpan by)
    {
        var beating = new[] { _control?.Beats, _image?.Beats }.OfType<Beats>().Select(beats => (beats, beats.Count)).ToArray();
        var (before, after) = (Clock.GetUtcNow(), Clock.GetUtcNow() + by);
        Clock.Advance(by);
        if (Beats(before) != Beats(after))
        {
            await Task.WhenAll(beating.Select(each => each.beats.MoreThanAsync(each.Count, Token)));
        }
    }

    /// <summary>The ports were opened at the beginning, so that all beat together.</summary>
    private long Beats(DateTimeOffset at) => (at - _began).Ticks / Beat.Ticks;

    private static async Task<T> NextAsync<T>(Channel<T> channel) => await channel.Reader.ReadAsync(Token).AsTask().WaitAsync(Patience, Token);
}
