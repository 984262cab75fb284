using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>Which of the stacks that were fetched may pass for the present one. Programs synchronise mounts on what is delivered.</summary>
public class SessionPresenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stack_that_was_announced_and_fetched_is_present_and_tells_what_it_is()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(
            control,
            Told.ViewOf("M44"),
            """{"Event":"Exposure","state":"working","lapse_ms":0,"exp_ms":10000.000000,"port":4700,"route":["View","Stack"]}""",
            Told.Stack(7, dropped: 2));
        await run.DeliverAsync(image, 7);

        var snapshot = run.Session.Snapshot;
        using var stack = run.Session.LeasePresentStack();

        Assert.True(snapshot.IsStackPresent);
        Assert.Equal(("M44", 7, 2, 200), (stack!.Details.TargetName, stack.Details.Frames, stack.Details.Dropped, stack.Details.Gain));
        Assert.Equal(((4, 2), TimeSpan.FromSeconds(70)), (stack.Details.Size, stack.Details.Integration));
        Assert.Equal("rgb 4x2: " + string.Join(' ', Enumerable.Repeat("0007", 24)), Messages.Tell(stack.Image));
    }

    [Theory]
    [InlineData("the stack is restarted", """{"Event":"Stack","state":"working","lapse_ms":0,"stacked_frame":0,"dropped_frame":0,"route":["View"]}""")]
    [InlineData("a goto begins", Told.GotoBegins)]
    [InlineData("the view changes", Told.LiveView)]
    [InlineData("the view ends", """{"Event":"View","state":"cancel","lapse_ms":219737,"mode":"none","cam_id":0,"route":[]}""")]
    [InlineData("the arm closes", Told.ArmCloses)]
    public async Task A_held_stack_is_not_present_any_longer_when(string what, string line)
    {
        Assert.NotEmpty(what);
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 3);
        Assert.True(run.Session.Snapshot.IsStackPresent);

        await run.TellAsync(control, line);

        Assert.False(run.Session.Snapshot.IsStackPresent);
        Assert.Null(run.Session.LeasePresentStack());
        Assert.NotNull(run.Session.Snapshot.Stack);
    }

    [Fact]
    public async Task A_stack_that_was_asked_for_before_a_restart_and_arrives_after_it_is_not_present()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.EveryStack);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.Stack(226));
        await image.NextAsync(Token);
        await run.TellAsync(control, Told.Stack(1));

        await image.SendAsync(FrameBytes.Stack(226));
        var after = await run.UntilAsync(now => now.Stack?.Frames == 226);
        Assert.False(after.IsStackPresent);
        await run.DeliverAsync(image, 1);

        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Equal(1, run.Session.Snapshot.Stack!.Frames);
    }

    [Fact]
    public async Task What_a_spectator_fetches_before_it_has_heard_anything_may_be_last_nights_and_is_not_present()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());

        await run.DeliverAsync(image, 0xFFFF);
        Assert.False(run.Session.Snapshot.IsStackPresent);
        Assert.Null(run.Session.Snapshot.Stack!.Frames);

        await run.StackAsync(control, image, 4);
        Assert.True(run.Session.Snapshot.IsStackPresent);
    }

    [Fact]
    public async Task A_stack_that_has_ended_stays_present_until_something_else_begins()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 4);

        await run.TellAsync(control, Told.Stack(4, state: "cancel"), Told.LiveExposure);
        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Equal(TelescopeStateName.StackEnded, TelescopeStates.Of(run.Session.Snapshot).Name);

        await run.TellAsync(control, Told.Stack(0));
        Assert.False(run.Session.Snapshot.IsStackPresent);
    }

    [Fact]
    public async Task A_stack_is_present_for_ten_minutes()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 4);

        await run.PassAsync(596, control.Beats, image.Beats);
        Assert.True(run.Session.Snapshot.IsStackPresent);
        await run.PassAsync(8, control.Beats, image.Beats);

        Assert.False(run.Session.Snapshot.IsStackPresent);
    }

    [Fact]
    public async Task A_gap_in_the_events_of_less_than_four_seconds_hides_nothing_and_is_caught_up_with()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 4);
        var epoch = run.Session.Snapshot.Telescope.Epoch;

        control.Close();
        await run.UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
        await run.PassAsync(2.5);
        await run.ControlAsync();
        Assert.True(run.Session.Snapshot.IsStackPresent);
        await run.DeliverAsync(image, 5);

        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Equal(epoch, run.Session.Snapshot.Telescope.Epoch);
    }

    [Fact]
    public async Task After_a_longer_gap_nothing_is_present_until_the_telescope_tells_of_its_stack_again()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 4);

        run.Telescope.Obstacle = port => port == TelescopePort.Control ? new IOException("It does not answer.") : null;
        control.Close();
        await run.UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
        Assert.True(run.Session.Snapshot.IsStackPresent);
        await run.PassAsync(4, image.Beats);
        Assert.False(run.Session.Snapshot.IsStackPresent);

        run.Telescope.Obstacle = _ => null;
        await run.PassUntilCalledAsync(TelescopePort.Control, 60, image.Beats);
        control = await run.ControlAsync();
        Assert.Null(run.Session.Snapshot.Telescope.Announced);
        await run.DeliverAsync(image, 5);
        Assert.False(run.Session.Snapshot.IsStackPresent);
        await run.StackAsync(control, image, 6);

        Assert.True(run.Session.Snapshot.IsStackPresent);
    }

    [Fact]
    public async Task A_connection_that_has_been_silent_hides_what_happened_meanwhile()
    {
        var deaf = false;
        await using var run = new RunningSession(prepare: telescope =>
            telescope.Answers = (method, parameters) => Volatile.Read(ref deaf) ? null : Telescopes.Locked(method, parameters));
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await control.Beats.MoreThanAsync(0, Token);
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 4);

        Volatile.Write(ref deaf, true);
        await run.PassAsync(16, control.Beats, image.Beats);
        Assert.True(run.Session.Snapshot.IsStackPresent);
        await run.PassAsync(12, control.Beats, image.Beats);
        var failed = await run.UntilAsync(now => now.Control.Problem is not null);

        Assert.Contains("has been silent", failed.Control.Problem, StringComparison.Ordinal);
        Assert.False(failed.IsStackPresent);
    }

    [Fact]
    public async Task Where_it_is_known_that_nothing_is_stacked_a_short_gap_needs_no_catching_up()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.LiveView, Told.LiveExposure);

        control.Close();
        await run.UntilAsync(now => now.Control.Phase == LinkPhase.Failed);
        await run.PassAsync(2.5);
        control = await run.ControlAsync();
        await run.PassAsync(20, control.Beats, image.Beats);

        Assert.Empty(image.TakeRequests());
    }

    [Fact]
    public async Task When_the_session_has_ended_nothing_is_present_for_long()
    {
        SeestarSession session;
        var clock = new ManualTimeProvider();
        await using (var run = new RunningSession())
        {
            (session, clock) = (run.Session, run.Clock);
            using var wish = run.Session.Demand.Want(FrameWish.Stacks);
            var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
            await run.DeliverAsync(image, 0xFFFF);
            await run.StackAsync(control, image, 4);
        }

        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal((LinkPhase.Released, LinkPhase.Released), (session.Snapshot.Control.Phase, session.Snapshot.Image.Phase));
        Assert.False(session.Snapshot.IsStackPresent);
    }

    [Fact]
    public async Task An_outdated_stack_can_be_given_up_and_the_newer_one_is_fetched_when_it_is_wanted()
    {
        await using var run = new RunningSession();
        var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 3);
        run.Session.ForgetOutdatedStack();
        Assert.Equal(3, run.Session.Snapshot.Stack?.Frames);
        wish.Dispose();
        await run.TellAsync(control, Told.Stack(5));

        run.Session.ForgetOutdatedStack();
        Assert.Null(run.Session.Snapshot.Stack);
        using var again = run.Session.Demand.Want(FrameWish.Stacks);
        await run.DeliverAsync(image, 5);

        Assert.True(run.Session.Snapshot.IsStackPresent);
    }

    [Theory]
    [InlineData("the view ends", """{"Event":"View","state":"cancel","lapse_ms":219737,"mode":"none","cam_id":0,"route":[]}""")]
    [InlineData("the arm closes", Told.ArmCloses)]
    public async Task The_last_stack_of_a_night_is_never_given_up(string what, string line)
    {
        Assert.NotEmpty(what);
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.StackAsync(control, image, 3);
        await run.TellAsync(control, Told.Stack(5), line);

        run.Session.ForgetOutdatedStack();

        Assert.NotNull(run.Session.Snapshot.Stack);
    }
}
