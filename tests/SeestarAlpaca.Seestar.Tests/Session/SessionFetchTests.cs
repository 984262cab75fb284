using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>
/// When stacks are fetched, and when the image port is open at all. The telescope is locked, so the session is a spectator, and fetches one stack as soon
/// as it comes, since events were missed.
/// </summary>
public class SessionFetchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_nobody_wants_a_picture_the_image_port_is_not_even_opened()
    {
        await using var run = new RunningSession();
        using var state = run.Session.Demand.Want(FrameWish.State);
        var control = await run.ControlAsync();

        await run.TellAsync(control, Told.ViewOf("M44"), Told.Stack(1), Told.Stack(2));
        await run.PassAsync(120, control.Beats);

        Assert.Empty(run.Telescope.Attempts(TelescopePort.Image));
        Assert.Equal(2, run.Session.Snapshot.Telescope.StackedFrames);
    }

    [Fact]
    public async Task A_stack_is_fetched_after_each_event_with_another_count()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);

        foreach (var count in new[] { 1, 2, 5 })
        {
            await run.TellAsync(control, Told.Stack(count));
            Assert.Equal("get_stacked_img", await image.NextAsync(Token));
            await image.SendAsync(FrameBytes.Stack((ushort)count));
            await run.UntilAsync(now => now.Stack?.Frames == count);
            await run.TellAsync(control, Told.Stack(count, dropped: 1));
        }

        await run.PassAsync(60, control.Beats, image.Beats);
        Assert.Empty(image.TakeRequests());
        using var stack = run.Session.LeasePresentStack();
        Assert.Equal((5, 5L), ((int)stack!.Image.Samples[0], stack.Details.Frames!.Value));
    }

    [Fact]
    public async Task A_stack_without_a_sub_is_not_fetched()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);

        await run.TellAsync(control, Told.ViewOf("M44"), Told.Stack(0));
        await run.PassAsync(20, control.Beats, image.Beats);

        Assert.Empty(image.TakeRequests());
    }

    [Fact]
    public async Task The_next_one_waits_three_times_as_long_as_the_last_transfer_took()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.Stack(1));
        await image.NextAsync(Token);
        await run.PassAsync(8, control.Beats, image.Beats);
        await image.SendAsync(FrameBytes.Stack(1));
        await run.UntilAsync(now => now.Stack?.Frames == 1);

        await run.TellAsync(control, Told.Stack(2));
        await run.PassAsync(20, control.Beats, image.Beats);
        Assert.Empty(image.TakeRequests());
        await run.PassAsync(8, control.Beats, image.Beats);

        Assert.Equal("get_stacked_img", await image.NextAsync(Token));
        Assert.Equal(TimeSpan.FromSeconds(8), run.Session.Snapshot.Stack!.TransferTime);
    }

    [Fact]
    public async Task Whoever_wants_every_stack_gets_the_next_one_at_once()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.Stack(1));
        await image.NextAsync(Token);
        await run.PassAsync(8, control.Beats, image.Beats);
        await image.SendAsync(FrameBytes.Stack(1));
        await run.UntilAsync(now => now.Stack?.Frames == 1);
        await run.TellAsync(control, Told.Stack(2));

        using var every = run.Session.Demand.Want(FrameWish.EveryStack);

        Assert.Equal("get_stacked_img", await image.NextAsync(Token));
    }

    [Fact]
    public async Task One_transfer_is_under_way_at_a_time()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.EveryStack);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.Stack(1));
        await image.NextAsync(Token);

        await run.TellAsync(control, Told.Stack(2), Told.Stack(3));
        await run.PassAsync(20, control.Beats, image.Beats);
        Assert.Empty(image.TakeRequests());
        await image.SendAsync(FrameBytes.Stack(1));

        Assert.Equal("get_stacked_img", await image.NextAsync(Token));
        await image.SendAsync(FrameBytes.Stack(3));
        await run.UntilAsync(now => now.Stack?.Frames == 3);
        Assert.Empty(image.TakeRequests());
    }

    [Fact]
    public async Task The_image_port_is_given_back_a_minute_after_the_last_wish_and_opened_again_with_the_next()
    {
        await using var run = new RunningSession();
        var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        wish.Dispose();

        await run.PassAsync(56, control.Beats, image.Beats);
        Assert.Equal(LinkPhase.Open, run.Session.Snapshot.Image.Phase);
        await run.PassUntilAsync(run.UntilAsync(now => now.Image.Phase == LinkPhase.Released), 40, control.Beats, image.Beats);
        await image.Ended.WaitAsync(TimeSpan.FromSeconds(20), Token);

        using var again = run.Session.Demand.Want(FrameWish.Previews);
        await run.ImageAsync();
        await run.UntilAsync(now => now.Image.Phase == LinkPhase.Open);
    }

    [Fact]
    public async Task A_wish_that_comes_back_within_the_minute_keeps_the_connection()
    {
        await using var run = new RunningSession();
        var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        wish.Dispose();
        await run.PassAsync(40, control.Beats, image.Beats);

        using var again = run.Session.Demand.Want(FrameWish.Stacks);
        await run.PassAsync(60, control.Beats, image.Beats);

        Assert.Single(run.Telescope.Attempts(TelescopePort.Image));
        Assert.False(image.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_stack_that_is_held_already_is_not_fetched_again_when_the_image_port_is_opened_again()
    {
        await using var run = new RunningSession();
        var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, first) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(first, 0xFFFF);
        await run.TellAsync(control, Told.Stack(1));
        await first.NextAsync(Token);
        await first.SendAsync(FrameBytes.Stack(1));
        await run.UntilAsync(now => now.Stack?.Frames == 1);
        wish.Dispose();
        await run.PassUntilAsync(first.Ended, 120, control.Beats, first.Beats);

        using var again = run.Session.Demand.Want(FrameWish.Stacks);
        var second = await run.ImageAsync();
        await run.PassAsync(20, control.Beats, second.Beats);
        Assert.Empty(second.TakeRequests());
        await run.TellAsync(control, Told.Stack(2));

        Assert.Equal("get_stacked_img", await second.NextAsync(Token));
    }

    [Fact]
    public async Task A_heartbeat_goes_out_every_four_seconds()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        var before = image.Beats.Count;

        await run.PassAsync(40, image.Beats);

        Assert.Equal(10, image.Beats.Count - before);
    }
}
