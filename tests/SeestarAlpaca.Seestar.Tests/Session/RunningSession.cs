using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>A session that runs against a telescope in memory, on a clock that the test moves. Its end is checked: quick, quiet, and with all memory given back.</summary>
internal sealed class RunningSession : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _ending = new();
    private readonly PixelPool _pool = new(retained: 0);
    private readonly Task _running;
    private int _told;

    public RunningSession(SessionOptions? options = null, Action<FakeTelescope>? prepare = null)
    {
        Telescope = new FakeTelescope(Clock);
        prepare?.Invoke(Telescope);
        Session = new SeestarSession(options ?? new SessionOptions(), Telescope, _pool, Clock, new Random(1), NullLoggerFactory.Instance);
        _running = Session.RunAsync(_ending.Token);
    }

    public ManualTimeProvider Clock { get; } = new();

    public FakeTelescope Telescope { get; }

    public SeestarSession Session { get; }

    public double Now => (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Accepts the next connection to the control port, and waits until it is open on both sides.</summary>
    public async Task<FakeControlPort> ControlAsync()
    {
        var control = await Telescope.AcceptControlAsync(Token).WaitAsync(Patience, Token);
        await UntilAsync(now => now.Control.Phase == LinkPhase.Open);
        return control;
    }

    /// <summary>Accepts the next connection to the image port, and waits for its first heartbeat.</summary>
    public async Task<FakeImagePort> ImageAsync()
    {
        var image = await Telescope.AcceptImageAsync(Token).WaitAsync(Patience, Token);
        await image.Beats.MoreThanAsync(0, Token);
        return image;
    }

    /// <summary>The next connection to the image port, which may be one without heartbeats.</summary>
    public Task<FakeImagePort> NextImageAsync(TelescopePort port = TelescopePort.Image) => Telescope.AcceptImageAsync(Token, port).WaitAsync(Patience, Token);

    /// <summary>Waits for something to be so.</summary>
    public async Task<SessionSnapshot> UntilAsync(Func<SessionSnapshot, bool> condition)
    {
        while (true)
        {
            var next = Session.Changed.Next;
            var now = Session.Snapshot;
            if (condition(now))
            {
                return now;
            }

            try
            {
                await next.WaitAsync(Patience, Token);
            }
            catch (TimeoutException exception)
            {
                throw new TimeoutException($"It did not become so. Last: {Session.Snapshot}", exception);
            }
        }
    }

    /// <summary>Sends events and waits until the last one is known.</summary>
    public async Task TellAsync(FakeControlPort control, params string[] events)
    {
        foreach (var line in events)
        {
            await control.SendAsync(line);
        }

        // What is told last is heard last: a status with a temperature of its own.
        var temperature = 20 + (++_told / 100.0);
        await control.SendAsync($$"""{"Event":"PiStatus","temp":{{temperature}}}""");
        await UntilAsync(now => now.Telescope.Status.CpuTemperature == temperature);
    }

    /// <summary>Plays a telescope that stacks M 44: tells of a count, answers the request for it, and waits until the picture is there.</summary>
    public async Task StackAsync(FakeControlPort control, FakeImagePort image, int frames)
    {
        await TellAsync(control, Told.Stack(frames));
        await DeliverAsync(image, (ushort)frames);
        await UntilAsync(now => now.Stack?.Frames == frames);
    }

    /// <summary>Waits for a request for the stack and answers it with a picture of one level.</summary>
    public async Task DeliverAsync(FakeImagePort image, ushort level)
    {
        Assert.Equal("get_stacked_img", await image.NextAsync(Token));
        var before = Session.Snapshot.Stack?.Sequence;
        await image.SendAsync(FrameBytes.Stack(level));
        await UntilAsync(now => now.Stack?.Sequence != before);
    }

    /// <summary>Lets time pass, heartbeat by heartbeat: each of these connections is heard before it goes on.</summary>
    public async Task PassAsync(double seconds, params Beats[] beating)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Beat)
        {
            var counts = beating.Select(beats => beats.Count).ToArray();
            Clock.Advance(left < Beat ? left : Beat);
            if (left >= Beat)
            {
                await Task.WhenAll(beating.Select((beats, i) => beats.MoreThanAsync(counts[i], Token)));
            }
        }
    }

    /// <summary>
    /// Lets time pass until something has happened: heartbeat by heartbeat, or, where nothing beats and only one part of the session waits, from one of
    /// its timers to the next.
    /// </summary>
    public async Task PassUntilAsync(Task happened, double atMost, params Beats[] beating)
    {
        var (end, began) = (Clock.GetUtcNow().AddSeconds(atMost), TimeProvider.System.GetTimestamp());

        // Where the session is late because the machine is busy, its timers are too: the clock has to go on for them.
        while (!happened.IsCompleted && (Clock.GetUtcNow() < end || (beating.Length > 0 && TimeProvider.System.GetElapsedTime(began) < Patience)))
        {
            if (beating.Length > 0)
            {
                await PassAsync(4, beating);
                continue;
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var passing = Clock.AdvanceToNextTimerAsync(end - Clock.GetUtcNow(), enough.Token);
            await Task.WhenAny(happened, passing).WaitAsync(Patience, Token);
            await enough.CancelAsync();
            await passing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await happened.WaitAsync(Patience, Token);
    }

    /// <summary>Lets time pass until the session wants to connect; it is kept waiting until the connection is accepted.</summary>
    public Task PassUntilCalledAsync(TelescopePort port, double atMost, params Beats[] beating) =>
        PassUntilAsync(Telescope.CalledAsync(port, Token), atMost, beating);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.WaitAsync(Patience, CancellationToken.None));
        _ending.Dispose();
        Session.Dispose();
        Assert.Equal(0, _pool.SamplesHeld);
    }
}
