using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class SessionPreviewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Previews_are_pushed_while_they_are_wanted_and_the_view_is_live()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.LiveView);
        var wish = run.Session.Demand.Want(FrameWish.Previews);
        var image = await run.ImageAsync();
        await run.PassAsync(8, control.Beats, image.Beats);
        Assert.Empty(image.TakeRequests());

        await run.TellAsync(control, Told.LiveExposure);
        Assert.Equal("begin_streaming", await image.NextAsync(Token));
        await image.SendAsync(FrameBytes.Text("done", 21));
        await image.SendAsync(FrameBytes.Raw(FrameKind.Single, 21, 2, 1, 0x1000, 0x2000));
        using var sub = await SubAsync(run);
        wish.Dispose();

        Assert.Equal("stop_streaming", await image.NextAsync(Token));
        Assert.Equal("bayer 2x1: 1000 2000", Messages.Tell(sub.Image));
        Assert.Equal(BayerPhase.Grbg, sub.Image.Phase);
        Assert.Null(run.Session.Snapshot.Stack);
    }

    [Fact]
    public async Task Without_a_wish_for_previews_none_is_asked_for()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.LiveView, Told.LiveExposure);
        using var wish = run.Session.Demand.Want(FrameWish.EveryStack);
        var image = await run.ImageAsync();

        await run.PassAsync(20, control.Beats, image.Beats);

        Assert.Empty(image.TakeRequests());
    }

    [Fact]
    public async Task A_new_live_view_has_to_be_asked_for_its_previews_again()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Previews);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.TellAsync(control, Told.LiveView, Told.LiveExposure);
        Assert.Equal("begin_streaming", await image.NextAsync(Token));

        await run.TellAsync(control, Told.LiveExposureEnds);
        await run.PassAsync(8, control.Beats, image.Beats);
        image.TakeRequests();
        await run.TellAsync(control, Told.LiveExposure);

        Assert.Equal("begin_streaming", await image.NextAsync(Token));
    }

    [Fact]
    public async Task Where_nothing_is_known_previews_are_tried_and_a_refusal_is_a_state_to_wait_in()
    {
        await using var run = new RunningSession(new SessionOptions { Events = false });
        using var wish = run.Session.Demand.Want(FrameWish.Previews);
        var image = await run.ImageAsync();
        Assert.Equal("begin_streaming", await image.NextAsync(Token));

        await image.SendAsync(FrameBytes.Text("only available for continuous exposure", 21));
        await image.SendAsync(FrameBytes.Raw(FrameKind.Single, 20, 1, 1, 7));
        (await SubAsync(run)).Dispose();
        await run.PassAsync(8, image.Beats);
        Assert.Empty(image.TakeRequests());
        await run.PassAsync(4, image.Beats);

        Assert.Equal("begin_streaming", await image.NextAsync(Token));
        Assert.Null(run.Session.Snapshot.Image.Problem);
    }

    [Fact]
    public async Task A_stack_that_is_pushed_among_previews_is_taken_for_what_is_known_when_it_begins_to_arrive()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Previews);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.TellAsync(control, Told.ViewOf("M44"), Told.Stack(3));

        await image.SendAsync(FrameBytes.Zip(FrameKind.Stacked, 21, 1, 1, 1, 2, 3));
        await run.UntilAsync(now => now.Stack is not null);

        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Equal(3, run.Session.Snapshot.Stack!.Frames);
    }

    private static async Task<SubFrame> SubAsync(RunningSession run)
    {
        SubFrame? sub = null;
        await run.UntilAsync(_ => (sub ??= run.Session.Frames.LeaseSub()) is not null);
        return sub!;
    }
}
