using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>Without events: only a picture that changes is known to be of a stack at work.</summary>
public class SessionPolledTests
{
    private static readonly SessionOptions Polled = new() { Events = false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_control_port_is_never_opened_and_nothing_is_polled_while_nobody_wants_it()
    {
        await using var run = new RunningSession(Polled);
        await run.PassAsync(600);
        Assert.Empty(run.Telescope.Attempts(TelescopePort.Image));

        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        await run.ImageAsync();

        Assert.Empty(run.Telescope.Attempts(TelescopePort.Control));
    }

    [Fact]
    public async Task It_is_polled_every_eight_seconds()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.EveryStack);
        var image = await run.ImageAsync();
        await run.DeliverAsync(image, 1);

        await run.PassAsync(4, image.Beats);
        Assert.Empty(image.TakeRequests());
        await run.PassAsync(8, image.Beats);

        Assert.Equal("get_stacked_img", await image.NextAsync(Token));
    }

    [Fact]
    public async Task Last_nights_stack_is_never_passed_off_as_present_however_often_it_is_polled()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await run.DeliverAsync(image, 1003);

        for (var poll = 0; poll < 5; poll++)
        {
            await PollAsync(run, image, FrameBytes.Stack(1003));
            Assert.False(run.Session.Snapshot.IsStackPresent);
        }

        Assert.Equal(1, run.Session.Snapshot.Stack!.Sequence);
        Assert.Equal(TelescopeStateName.Listening, TelescopeStates.Of(run.Session.Snapshot).Name);
    }

    [Fact]
    public async Task A_picture_that_changes_from_one_poll_to_the_next_is_of_a_stack_at_work()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await run.DeliverAsync(image, 1);

        await PollAsync(run, image, FrameBytes.Stack(2));
        await run.UntilAsync(now => now.Stack?.Sequence == 2);

        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Equal(TelescopeStateName.Stacking, TelescopeStates.Of(run.Session.Snapshot).Name);
    }

    [Fact]
    public async Task A_picture_that_has_changed_since_a_poll_long_ago_may_be_last_nights()
    {
        await using var run = new RunningSession(Polled);
        var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await run.DeliverAsync(image, 1);
        wish.Dispose();
        await run.PassUntilAsync(run.UntilAsync(now => now.Image.Phase == LinkPhase.Released), 120, image.Beats);
        await run.PassAsync(3600);

        using var again = run.Session.Demand.Want(FrameWish.Stacks);
        image = await run.ImageAsync();
        await run.DeliverAsync(image, 1003);

        Assert.False(run.Session.Snapshot.IsStackPresent);
    }

    [Fact]
    public async Task After_there_was_no_image_the_next_one_has_just_been_begun_and_the_held_one_is_past()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await run.DeliverAsync(image, 1);
        await PollAsync(run, image, FrameBytes.Stack(2));
        await run.UntilAsync(now => now.IsStackPresent);

        await PollAsync(run, image, FrameBytes.Text("there is no image now", 23));
        await run.UntilAsync(now => !now.IsStackPresent);
        await PollAsync(run, image, FrameBytes.Stack(3));
        await run.UntilAsync(now => now.Stack?.Sequence == 3);

        Assert.True(run.Session.Snapshot.IsStackPresent);
    }

    private static async Task PollAsync(RunningSession run, FakeImagePort image, byte[] answer)
    {
        var request = image.NextAsync(Token);
        await run.PassUntilAsync(request, 60, image.Beats);
        Assert.Equal("get_stacked_img", await request);
        await image.SendAsync(answer);
    }
}
