using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>Single exposures: pushed in the live view, asked for while the telescope stacks, from the wide camera's port.</summary>
public class SessionSubTests
{
    private const string ExposureEnds = """{"Event":"Exposure","state":"complete","lapse_ms":11475,"exp_ms":10000.000000,"port":4700,"route":["View","Stack"]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_it_stacks_each_exposure_that_ends_is_asked_for_once_after_streaming_was_tried()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.ViewOf("M44"), Told.Stack(0));
        using var wish = run.Session.Demand.Want(FrameWish.Subs);
        var image = await run.ImageAsync();
        await run.PassAsync(8, control.Beats, image.Beats);
        Assert.Empty(image.TakeRequests());

        await run.TellAsync(control, ExposureEnds);
        var asked = new[] { await image.NextAsync(Token), await image.NextAsync(Token), await image.NextAsync(Token) };
        await image.SendAsync(FrameBytes.Text(ImageText.OnlyContinuous, 21));
        await image.SendAsync(FrameBytes.Text(ImageText.Done, 22));
        await DeliverAsync(run, image, 1);
        await run.PassAsync(8, control.Beats, image.Beats);
        Assert.Empty(image.TakeRequests());
        await run.TellAsync(control, ExposureEnds);
        var askedAgain = await image.NextAsync(Token);
        await DeliverAsync(run, image, 2);

        Assert.Equal(["begin_streaming", "stop_streaming", "get_current_img"], asked);
        Assert.Equal("get_current_img", askedAgain);
        using var sub = run.Session.LeasePresentSub()!;
        Assert.Equal((2, true, "M44", 10.0), (sub.Image.Samples[0], sub.Details.IsOfStack, sub.Details.TargetName, sub.Details.Exposure!.Value.TotalSeconds));
        Assert.Null(run.Session.Snapshot.Stack);
    }

    [Fact]
    public async Task A_sub_of_another_field_is_not_present()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.ViewOf("M44"), Told.Stack(2));
        using var wish = run.Session.Demand.Want(FrameWish.Subs);
        var image = await run.ImageAsync();
        await image.NextAsync(Token);
        await DeliverAsync(run, image, 1);
        using (var present = run.Session.LeasePresentSub())
        {
            Assert.NotNull(present);
        }

        await run.TellAsync(control, Told.ViewOf("M51", 13.5));

        Assert.Null(run.Session.LeasePresentSub());
        Assert.NotNull(run.Session.Frames.NewestSubDetails);
    }

    [Fact]
    public async Task An_answer_without_a_picture_leaves_the_next_exposure_to_be_asked_for()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.ViewOf("M44"), Told.Stack(1));
        using var wish = run.Session.Demand.Want(FrameWish.Subs);
        var image = await run.ImageAsync();
        await image.NextAsync(Token);
        await image.NextAsync(Token);
        await image.NextAsync(Token);

        await image.SendAsync(FrameBytes.Text(ImageText.NoImage, 20));
        await run.PassAsync(20, control.Beats, image.Beats);
        Assert.Empty(image.TakeRequests());
        await run.TellAsync(control, ExposureEnds);

        Assert.Equal("get_current_img", await image.NextAsync(Token));
    }

    [Fact]
    public async Task In_the_live_view_subs_are_pushed_and_the_push_ends_with_the_wish()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.LiveView, Told.LiveExposure);
        var wish = run.Session.Demand.Want(FrameWish.Subs);
        var image = await run.ImageAsync();

        Assert.Equal("begin_streaming", await image.NextAsync(Token));
        await image.SendAsync(FrameBytes.Raw(FrameKind.Single, 21, 2, 1, 5, 6));
        await run.UntilAsync(_ => run.Session.Frames.NewestSubDetails is not null);
        using var sub = run.Session.LeasePresentSub();
        wish.Dispose();

        Assert.Equal("stop_streaming", await image.NextAsync(Token));
        Assert.False(sub!.Details.IsOfStack);
    }

    [Fact]
    public async Task The_wide_cameras_port_is_opened_only_for_who_wants_its_pictures()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.LiveView, Told.LiveExposure);
        using var state = run.Session.Demand.Want(FrameWish.State);
        Assert.Empty(run.Telescope.Attempts(TelescopePort.Wide));

        using var wish = run.Session.Wide.Demand.Want(FrameWish.Subs);
        var wide = await run.NextImageAsync(TelescopePort.Wide);
        Assert.Equal("begin_streaming", await wide.NextAsync(Token));
        await wide.SendAsync(FrameBytes.Raw(FrameKind.Single, 21, 2, 1, 5, 6));
        await run.UntilAsync(_ => run.Session.Wide.Frames.NewestSubDetails is not null);
        using var sub = run.Session.LeasePresentWideSub();

        Assert.Equal(5, sub!.Image.Samples[0]);
        Assert.Empty(run.Telescope.Attempts(TelescopePort.Image));
        Assert.Null(run.Session.Frames.NewestSubDetails);
    }

    [Fact]
    public async Task The_old_picture_that_the_wide_camera_sends_in_a_video_view_is_left_out()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();
        await run.TellAsync(control, Told.LiveView, """{"Event":"View","state":"working","lapse_ms":0,"mode":"scenery","cam_id":0,"route":[]}""");
        using var wish = run.Session.Wide.Demand.Want(FrameWish.Subs);
        var wide = await run.NextImageAsync(TelescopePort.Wide);
        await wide.NextAsync(Token);

        await wide.SendAsync(FrameBytes.Raw(FrameKind.Single, 21, 2, 1, 5, 6));
        await run.PassAsync(8, control.Beats, wide.Beats);

        Assert.Null(run.Session.Wide.Frames.NewestSubDetails);
    }

    private static async Task DeliverAsync(RunningSession run, FakeImagePort image, ushort level)
    {
        var before = run.Session.Frames.NewestSubDetails?.Sequence;
        await image.SendAsync(FrameBytes.Zip(FrameKind.Single, 20, 2, 1, level, level));
        await run.UntilAsync(_ => run.Session.Frames.NewestSubDetails?.Sequence != before);
    }
}
