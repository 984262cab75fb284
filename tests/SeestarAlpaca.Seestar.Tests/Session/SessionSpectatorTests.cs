using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>The four ways in which a locked telescope treats a spectator (<c>seestar-protocol.md</c> §3.4, §11.2), and how the session behaves.</summary>
public class SessionSpectatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_spectator_asks_for_a_challenge_sends_heartbeats_and_nothing_else()
    {
        await using var run = new RunningSession();
        using var state = run.Session.Demand.Want(FrameWish.State);
        var control = await run.ControlAsync();

        await run.UntilAsync(now => now.Access == Access.Spectator);
        await control.Beats.MoreThanAsync(0, Token);
        await run.PassAsync(60, control.Beats);

        Assert.Equal(["get_verify_str", "test_connection"], control.TakeMethods().Distinct());
        Assert.Equal(16, control.Beats.Count);
    }

    [Fact]
    public async Task A_telescope_that_ignores_heartbeats_and_resets_is_only_listened_to_from_then_on()
    {
        await using var run = new RunningSession(prepare: Deaf);
        var first = await run.ControlAsync();
        await run.UntilAsync(now => now.Access == Access.Spectator);
        await first.NextAsync("test_connection", Token);

        first.Reset();
        await run.UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
        await run.PassUntilCalledAsync(TelescopePort.Control, 30);
        var second = await run.ControlAsync();
        await run.TellAsync(second, Told.Stack(3));
        await TickAsync(run, 15);

        Assert.Empty(second.TakeMethods());
        Assert.Equal(3, run.Session.Snapshot.Telescope.StackedFrames);
        Assert.InRange(Pauses(run).Single(), 16, 20);
    }

    [Fact]
    public async Task A_telescope_that_throws_strangers_out_at_once_is_never_called_on_faster_than_every_sixteen_seconds()
    {
        await using var run = new RunningSession(prepare: telescope => telescope.Answers = (_, _) => null);
        for (var visit = 0; visit < 6; visit++)
        {
            await run.PassUntilCalledAsync(TelescopePort.Control, 60);
            var control = await run.ControlAsync();
            await control.NextAsync("get_verify_str", Token);
            control.Reset();
            await run.UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
        }

        Assert.All(Pauses(run), pause => Assert.True(pause >= 16, $"{pause} s"));
    }

    [Fact]
    public async Task Where_silence_is_closed_after_sixteen_seconds_the_session_comes_back_at_once_and_nothing_seems_to_have_happened()
    {
        await using var run = new RunningSession(prepare: Deaf);
        using var state = run.Session.Demand.Want(FrameWish.State);
        var control = await ListenAsync(run);
        await TickAsync(run, 16);
        await HangUpAsync(control);
        await run.PassUntilCalledAsync(TelescopePort.Control, 30);
        control = await run.ControlAsync();
        await run.TellAsync(control, Told.Stack(3));
        var before = run.Session.Snapshot;

        for (var visit = 0; visit < 5; visit++)
        {
            await TickAsync(run, 16);
            await HangUpAsync(control);
            await run.PassUntilCalledAsync(TelescopePort.Control, 3);
            control = await run.ControlAsync();
            await run.TellAsync(control, Told.Stack(4 + visit));
            Assert.Equal((LinkPhase.Open, before.Control.Since, before.Telescope.Epoch), Of(run.Session.Snapshot));
        }

        Assert.Empty(control.TakeMethods());
        Assert.All(Pauses(run), pause => Assert.InRange(pause, 16, 20));

        static (LinkPhase Phase, DateTimeOffset Since, long Epoch) Of(SessionSnapshot now) => (now.Control.Phase, now.Control.Since, now.Telescope.Epoch);
    }

    [Fact]
    public async Task Where_silence_is_closed_and_the_telescope_does_not_come_back_that_is_told()
    {
        await using var run = new RunningSession(prepare: Deaf);
        var control = await ListenAsync(run);
        await TickAsync(run, 16);
        await HangUpAsync(control);
        await run.PassUntilCalledAsync(TelescopePort.Control, 30);
        control = await run.ControlAsync();
        await TickAsync(run, 16);

        run.Telescope.Obstacle = _ => new IOException("It does not answer.");
        await HangUpAsync(control);
        var failed = run.UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
        await run.PassUntilAsync(failed, 5);

        Assert.Equal("It does not answer.", (await failed).Control.Problem);
    }

    [Fact]
    public async Task A_silent_connection_that_is_kept_is_kept_for_hours()
    {
        await using var run = new RunningSession(prepare: Deaf);
        var control = await ListenAsync(run);

        await TickAsync(run, 3600);
        await run.TellAsync(control, Told.Stack(7));

        Assert.Empty(control.TakeMethods());
        Assert.Equal(2, run.Telescope.Attempts(TelescopePort.Control).Length);
    }

    [Fact]
    public async Task A_telescope_that_answered_and_then_says_nothing_more_is_given_up_after_twenty_seconds()
    {
        var deaf = false;
        await using var run = new RunningSession(prepare: telescope =>
            telescope.Answers = (method, parameters) => Volatile.Read(ref deaf) ? null : Telescopes.Locked(method, parameters));
        using var state = run.Session.Demand.Want(FrameWish.State);
        var control = await run.ControlAsync();
        await run.UntilAsync(now => now.Access == Access.Spectator);
        await control.Beats.MoreThanAsync(0, Token);
        await run.PassAsync(8, control.Beats);

        Volatile.Write(ref deaf, true);
        await run.PassAsync(16, control.Beats);
        Assert.Null(run.Session.Snapshot.Control.Problem);
        await run.PassAsync(12, control.Beats);
        var failed = await run.UntilAsync(now => now.Control.Problem is not null);

        Assert.Contains("control port has been silent for 2", failed.Control.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_is_told_and_the_telescope_watched_all_the_same()
    {
        await using var run = new RunningSession(new SessionOptions { PrivateKeyPem = "no key" });
        var control = await run.ControlAsync();

        await run.UntilAsync(now => now.Access == Access.KeyRefused);
        await run.TellAsync(control, Told.Stack(3));

        Assert.Equal(3, run.Session.Snapshot.Telescope.StackedFrames);
    }

    private static void Deaf(FakeTelescope telescope) => telescope.Answers = Telescopes.LockedAndDeaf;

    /// <summary>Comes to where the session only listens: heartbeats were ignored, and the connection reset.</summary>
    private static async Task<FakeControlPort> ListenAsync(RunningSession run)
    {
        var first = await run.ControlAsync();
        await first.NextAsync("test_connection", Token);
        first.Reset();
        await run.UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
        await run.PassUntilCalledAsync(TelescopePort.Control, 30);
        return await run.ControlAsync();
    }

    /// <summary>Closes the connection and waits until the session knows.</summary>
    private static async Task HangUpAsync(FakeControlPort control)
    {
        control.Close();
        await control.HungUp.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    /// <summary>Lets time pass on a connection that only listens, and so has one timer.</summary>
    private static async Task TickAsync(RunningSession run, double seconds)
    {
        for (var end = run.Now + seconds; run.Now < end;)
        {
            await run.Clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(4), Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        }
    }

    private static double[] Pauses(RunningSession run)
    {
        var attempts = run.Telescope.Attempts(TelescopePort.Control);
        return [.. attempts.Zip(attempts.Skip(1), (from, to) => (to - from).TotalSeconds)];
    }
}
