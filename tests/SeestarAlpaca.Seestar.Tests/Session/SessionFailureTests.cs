using System.Text;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>What goes wrong with pictures and the image port, and how the session comes back from it.</summary>
public class SessionFailureTests
{
    private const string Alert = "{\"Event\":\"Alert\",\"Msg\":\"Exceed the maximum number of connections\"}\r\n";

    /// <summary>Where only the image port is of interest, only it is used.</summary>
    private static readonly SessionOptions Polled = new() { Events = false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_telescope_without_a_free_image_connection_is_left_alone_for_a_minute(bool closes)
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();

        image.FallSilent();
        await image.SendAsync(Encoding.ASCII.GetBytes(Alert));
        if (closes)
        {
            image.Close();
        }

        var told = run.UntilAsync(now => now.Image.Phase == LinkPhase.AllInUse);
        await (closes ? told : run.PassUntilAsync(told, 12, image.Beats));
        await run.PassUntilCalledAsync(TelescopePort.Image, 80);

        Assert.Equal(TelescopeStateName.ConnectionsInUse, TelescopeStates.Of(await told).Name);
        Assert.InRange(SecondsOfAttempts(run)[1], 60, closes ? 72 : 84);
    }

    [Fact]
    public async Task The_alert_that_is_meant_for_somebody_else_ends_nothing()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();

        await image.SendAsync(Encoding.ASCII.GetBytes(Alert));
        await run.DeliverAsync(image, 1);
        await image.SendAsync(Encoding.ASCII.GetBytes(Alert));
        await image.SendAsync(FrameBytes.Text(ImageText.Connected, 2));
        await run.PassAsync(8, image.Beats);

        Assert.Equal(LinkPhase.Open, run.Session.Snapshot.Image.Phase);
        Assert.Single(SecondsOfAttempts(run));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_telescope_that_closes_after_each_answer_is_asked_for_each_stack_on_a_connection_of_its_own(bool reset)
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.EveryStack);
        var control = await run.ControlAsync();
        var first = await run.ImageAsync();
        await first.NextAsync(Token);

        // It has answered the heartbeat and closes; what was asked besides is lost, and asked for again.
        End(first, reset);
        await AnswerOnceAsync(0xFFFF);
        for (ushort frames = 1; frames <= 3; frames++)
        {
            await run.TellAsync(control, Told.Stack(frames));
            await AnswerOnceAsync(frames);
        }

        Assert.Null(run.Session.Snapshot.Image.Problem);
        Assert.Equal(TelescopeStateName.Stacking, TelescopeStates.Of(run.Session.Snapshot).Name);

        async Task AnswerOnceAsync(ushort level)
        {
            var image = await run.NextImageAsync();
            await run.DeliverAsync(image, level);
            Assert.Equal(0, image.Beats.Count);
            End(image, reset);
            await run.UntilAsync(now => now.Image.Phase == LinkPhase.Released);
        }
    }

    [Fact]
    public async Task A_telescope_that_closes_after_each_answer_and_then_does_not_answer_is_left_alone()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        End(await run.ImageAsync(), reset: false);

        End(await run.NextImageAsync(), reset: false);
        await run.UntilAsync(now => now.Image.Phase == LinkPhase.Failed);
        await run.PassUntilCalledAsync(TelescopePort.Image, 30);

        Assert.InRange(SecondsOfAttempts(run)[2], 10, 12);
    }

    [Fact]
    public async Task An_alert_on_a_connection_that_is_served_is_no_reason_to_leave()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await run.DeliverAsync(image, 1);

        await image.SendAsync(Encoding.ASCII.GetBytes(Alert));
        await run.PassAsync(30, image.Beats);

        Assert.Equal(LinkPhase.Open, run.Session.Snapshot.Image.Phase);
        Assert.Single(SecondsOfAttempts(run));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_drop_the_app_may_come_back_first_for_ten_seconds(bool reset)
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await run.DeliverAsync(image, 1);
        await run.PassAsync(4, image.Beats);

        End(image, reset);
        var failed = await run.UntilAsync(now => now.Image.Phase == LinkPhase.Failed);
        await run.PassUntilCalledAsync(TelescopePort.Image, 30);

        Assert.NotNull(failed.Image.Problem);
        Assert.InRange(SecondsOfAttempts(run)[1] - 4, 10, 12);
    }

    [Fact]
    public async Task Failures_in_a_row_make_the_pauses_longer()
    {
        await using var run = new RunningSession(Polled, telescope => telescope.Obstacle = _ => new IOException("It refuses."));
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);

        await run.PassUntilAsync(run.UntilAsync(_ => SecondsOfAttempts(run).Length >= 5), 400);

        var attempts = SecondsOfAttempts(run);
        var pauses = attempts.Zip(attempts.Skip(1), (from, to) => to - from).Take(4).ToArray();
        Assert.InRange(pauses[0], 10, 12);
        Assert.InRange(pauses[1], 20, 24);
        Assert.InRange(pauses[2], 40, 48);
        Assert.InRange(pauses[3], 60, 72);
    }

    [Theory]
    [InlineData(false, "closed inside a frame")]
    [InlineData(true, "reset")]
    public async Task A_connection_cut_inside_a_frame_is_opened_again_and_the_frame_fetched_again(bool reset, string said)
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.Stack(3));
        await image.NextAsync(Token);

        await image.SendAsync(FrameBytes.Stack(3)[..^10]);
        End(image, reset);
        var failed = await run.UntilAsync(now => now.Image.Phase == LinkPhase.Failed);
        await run.PassUntilCalledAsync(TelescopePort.Image, 60, control.Beats);
        await run.DeliverAsync(await run.ImageAsync(), 3);

        Assert.Contains(said, failed.Image.Problem, StringComparison.Ordinal);
        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Equal((LinkPhase.Open, null), (run.Session.Snapshot.Image.Phase, run.Session.Snapshot.Image.Problem));
    }

    [Fact]
    public async Task A_damaged_picture_is_told_and_the_next_try_brings_the_whole_one()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.Stack(3));
        await image.NextAsync(Token);

        var wrong = new ZipBytes(new byte[48]) { Crc = 1 }.Build();
        await image.SendAsync(FrameBytes.Picture(FrameKind.Stacked, PayloadForm.Zip, 23, 4, 2, wrong));
        var told = await run.UntilAsync(now => now.Image.Problem is not null);
        await run.PassAsync(4, control.Beats, image.Beats);
        await run.DeliverAsync(image, 3);

        Assert.Equal(LinkPhase.Open, told.Image.Phase);
        Assert.StartsWith("The last picture came damaged and was left out. The ZIP entry has checksum", told.Image.Problem, StringComparison.Ordinal);
        Assert.Null(run.Session.Snapshot.Image.Problem);
        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Single(SecondsOfAttempts(run));
    }

    [Fact]
    public async Task A_damaged_preview_does_not_pass_for_the_answer_to_the_request_for_a_stack()
    {
        await using var run = new RunningSession();
        using var wish = run.Session.Demand.Want(FrameWish.EveryStack);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());
        await run.DeliverAsync(image, 0xFFFF);
        await run.TellAsync(control, Told.Stack(3));
        await image.NextAsync(Token);

        await image.SendAsync(FrameBytes.Picture(FrameKind.Single, PayloadForm.Raw, 21, 4, 2, [1, 2, 3]));
        await run.UntilAsync(now => now.Image.Problem is not null);
        await run.TellAsync(control, Told.Stack(1));
        await image.SendAsync(FrameBytes.Stack(3));
        await run.UntilAsync(now => now.Stack?.Frames == 3);

        Assert.False(run.Session.Snapshot.IsStackPresent);
    }

    [Fact]
    public async Task Garbage_ends_the_connection_and_the_next_one_is_in_step()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();

        await image.SendAsync("HTTP/1.1 400 Bad Request"u8.ToArray());
        await run.UntilAsync(now => now.Image.Phase == LinkPhase.Failed);
        await run.PassUntilCalledAsync(TelescopePort.Image, 12);
        await run.DeliverAsync(await run.ImageAsync(), 1);

        Assert.NotNull(run.Session.Snapshot.Stack);
    }

    [Fact]
    public async Task A_dead_connection_is_given_up_after_twenty_seconds_of_silence()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Previews);
        var image = await run.ImageAsync();
        await run.PassAsync(4, image.Beats);

        image.FallSilent();
        await run.PassAsync(16, image.Beats);
        Assert.Equal(LinkPhase.Open, run.Session.Snapshot.Image.Phase);
        await run.PassAsync(8, image.Beats);
        var failed = await run.UntilAsync(now => now.Image.Problem is not null);

        Assert.Equal("The telescope's image port has been silent for 20 s.", failed.Image.Problem);
    }

    [Fact]
    public async Task A_picture_that_stops_half_way_is_silence_too()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await image.NextAsync(Token);
        await image.SendAsync(FrameBytes.Stack(1)[..100]);

        image.FallSilent();
        await run.PassAsync(28, image.Beats);
        var failed = await run.UntilAsync(now => now.Image.Problem is not null);

        Assert.Contains("silent", failed.Image.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_telescope_that_never_answers_a_request_is_connected_to_anew()
    {
        await using var run = new RunningSession(Polled);
        using var wish = run.Session.Demand.Want(FrameWish.Stacks);
        var image = await run.ImageAsync();
        await image.NextAsync(Token);

        await run.PassAsync(116, image.Beats);
        Assert.Equal(LinkPhase.Open, run.Session.Snapshot.Image.Phase);
        var failed = run.UntilAsync(now => now.Image.Problem is not null);
        await run.PassUntilAsync(failed, 60, image.Beats);

        Assert.Contains("has not sent the stack that it was asked for 120 s ago", (await failed).Image.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_that_nobody_thought_of_is_told_and_ends_nothing(bool events)
    {
        await using var run = new RunningSession(
            new SessionOptions { Events = events }, telescope => telescope.Obstacle = _ => new InvalidOperationException("a bug"));
        using var wish = events ? run.Session.Demand.Want(FrameWish.State) : run.Session.Demand.Want(FrameWish.Stacks);

        var told = await run.UntilAsync(now => Link(now).Phase == LinkPhase.Failed);
        run.Telescope.Obstacle = _ => null;
        await run.PassUntilCalledAsync(events ? TelescopePort.Control : TelescopePort.Image, 30);

        Assert.Equal("Something unexpected went wrong: a bug", Link(told).Problem);

        LinkStatus Link(SessionSnapshot now) => events ? now.Control : now.Image;
    }

    [Fact]
    public async Task A_telescope_that_cannot_be_reached_is_told_of_until_it_can()
    {
        await using var run = new RunningSession(prepare: telescope => telescope.Obstacle = _ => new IOException("seestar.local does not answer."));
        var told = await run.UntilAsync(now => TelescopeStates.Of(now).Name == TelescopeStateName.Unreachable);
        await run.PassUntilAsync(run.UntilAsync(_ => run.Telescope.Attempts(TelescopePort.Control).Length > 5), 200);
        Assert.Equal(TelescopeStateName.Unreachable, TelescopeStates.Of(run.Session.Snapshot).Name);

        run.Telescope.Obstacle = _ => null;
        await run.PassUntilCalledAsync(TelescopePort.Control, 60);
        await run.ControlAsync();

        Assert.Contains("seestar.local does not answer.", TelescopeStates.Of(told).Text, StringComparison.Ordinal);
        Assert.Equal(TelescopeStateName.Listening, TelescopeStates.Of(run.Session.Snapshot).Name);
    }

    private static void End(FakeImagePort image, bool reset)
    {
        if (reset)
        {
            image.Reset();
        }
        else
        {
            image.Close();
        }
    }

    private static double[] SecondsOfAttempts(RunningSession run) =>
        [.. run.Telescope.Attempts(TelescopePort.Image).Select(at => (at - DateTimeOffset.UnixEpoch).TotalSeconds)];
}
