using System.Text.Json;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Session;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Cameras;

/// <summary>What an exposure of a stack camera is: design.md §3.7.</summary>
public sealed class ExposureTests
{
    private static readonly ServerOptions Grace5 = new() { Grace = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task The_camera_exposes_for_the_duration_and_reads_until_the_first_stack_since_the_start_is_there()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);

        camera.StartExposure(10, true);
        Assert.Equal((CameraState.Exposing, false, 0), (camera.CameraState, camera.ImageReady, camera.PercentCompleted));
        await bench.PassAsync(9.5);
        Assert.Equal((CameraState.Exposing, 95), (camera.CameraState, camera.PercentCompleted));
        await bench.PassUntilAsync(() => camera.CameraState == CameraState.Reading, 20);
        Assert.Equal((100, false), (camera.PercentCompleted, camera.ImageReady));
        await bench.StackAsync(2);
        await Eventually.HoldsAsync(() => camera.CameraState == CameraState.Idle);

        Assert.True(camera.ImageReady);
        Assert.Equal(2, Level(camera));
    }

    [Fact]
    public async Task A_stack_that_came_during_the_exposure_is_delivered_as_soon_as_the_duration_is_over()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        camera.StartExposure(10, true);
        await bench.StackAsync(1);
        await bench.StackAsync(2);
        var took = await bench.PassUntilAsync(() => camera.CameraState == CameraState.Idle, 20);

        Assert.InRange(took, 8, 14);
        Assert.Equal(2, Level(camera));
    }

    [Fact]
    public async Task When_none_comes_the_newest_one_held_is_delivered_after_the_grace()
    {
        var (bench, camera) = await CameraBench.StartAsync(Grace5);
        await using var _ = bench;
        await bench.StackAsync(7);

        var took = await bench.ExposeAsync(camera, 2);

        Assert.InRange(took, 7, 11);
        Assert.Equal(7, Level(camera));
    }

    [Fact]
    public async Task A_first_stack_that_does_not_come_in_time_fails_the_exposure_through_ImageReady_every_time()
    {
        var (bench, camera) = await CameraBench.StartAsync(Grace5);
        await using var _ = bench;

        var took = await bench.ExposeAsync(camera, 2);

        Assert.InRange(took, 7, 11);
        for (var read = 0; read < 3; read++)
        {
            var failed = Assert.Throws<DriverException>(() => camera.ImageReady);
            Assert.Equal(0x500, failed.Number);
            Assert.Contains("no exposure is in it yet", failed.Message, StringComparison.Ordinal);
        }

        Assert.Equal(CameraState.Idle, camera.CameraState);
        Assert.Throws<DriverException>(() => camera.ImageArray);
        Assert.Equal(["CameraState", "PercentCompleted", "TimeStamp"], camera.DeviceState.Select(state => state.Name).Order());
        Assert.Equal(0x40B, Assert.Throws<DriverException>(() => camera.LastExposureDuration).Number);
    }

    [Fact]
    public async Task After_a_failure_the_next_exposure_works()
    {
        var (bench, camera) = await CameraBench.StartAsync(Grace5);
        await using var _ = bench;
        await bench.ExposeAsync(camera, 0);

        camera.StartExposure(1, true);
        Assert.False(camera.ImageReady);
        await bench.StackAsync(1);
        await bench.PassUntilAsync(() => camera.ImageReady, 20);

        Assert.Equal(1, Level(camera));
    }

    [Fact]
    public async Task Where_nothing_can_come_the_one_held_is_delivered_without_a_grace()
    {
        var (bench, camera) = await CameraBench.StartAsync(Grace5);
        await using var _ = bench;
        await bench.StackAsync(3);
        await bench.TellAsync(Told.Stack(3, state: "complete"));

        var took = await bench.ExposeAsync(camera, 2);

        Assert.InRange(took, 2, 6);
        Assert.Equal(3, Level(camera));
    }

    [Theory]
    [InlineData(Told.ArmCloses, "arm is closed")]
    [InlineData(Told.GotoBegins, "moves")]
    [InlineData(Told.LiveView, "does not stack")]
    public async Task Where_nothing_stacks_and_nothing_is_held_StartExposure_fails_at_once_with_the_reason(string told, string reason)
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(3);
        await bench.TellAsync(told);

        var refused = Assert.Throws<DriverException>(() => camera.StartExposure(2, true));

        Assert.Equal(0x40B, refused.Number);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal((CameraState.Idle, false), (camera.CameraState, camera.ImageReady));
    }

    [Fact]
    public async Task What_is_held_of_another_field_is_not_delivered_when_the_telescope_turns_away_meanwhile()
    {
        var (bench, camera) = await CameraBench.StartAsync(Grace5);
        await using var _ = bench;
        await bench.StackAsync(3);

        camera.StartExposure(2, true);
        await bench.TellAsync(Told.GotoBegins);
        await bench.PassUntilAsync(() => camera.CameraState == CameraState.Idle, 20);

        Assert.Contains("moves", Assert.Throws<DriverException>(() => camera.ImageReady).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_is_too_old_is_not_delivered()
    {
        var bench = new CameraBench(Grace5, session: new SessionOptions { MaxStackAge = TimeSpan.FromSeconds(60) });
        await using var _ = bench;
        await bench.MeetAsync();
        await bench.TellAsync(Told.ViewOf("M44"), Told.Stack(0));
        var camera = bench.Camera();
        await CameraBench.ConnectAsync(camera);
        await bench.MeetImageAsync();
        await bench.StackAsync(3);
        await bench.PassAsync(61);

        await bench.ExposeAsync(camera, 0);

        Assert.Equal(0x500, Assert.Throws<DriverException>(() => camera.ImageReady).Number);
    }

    [Fact]
    public async Task A_stack_of_another_size_than_at_connection_fails_with_a_remedy()
    {
        var (bench, camera) = await CameraBench.StartAsync(Grace5);
        await using var _ = bench;

        camera.StartExposure(1, true);
        await bench.StackAsync(1, width: 8, height: 4);
        await bench.PassUntilAsync(() => camera.CameraState == CameraState.Idle, 20);
        var failed = Assert.Throws<DriverException>(() => camera.ImageReady);
        var refused = Assert.Throws<DriverException>(() => camera.StartExposure(1, true));

        Assert.All([failed, refused], each => Assert.Equal((0x40B, "The stack is now 8×4; disconnect and connect the camera again."), (each.Number, each.Message)));
        Assert.Equal((4, 2), (camera.CameraXSize, camera.CameraYSize));
        camera.Connected = false;
        await CameraBench.ConnectAsync(camera);
        Assert.Equal((8, 4, 8, 4), (camera.CameraXSize, camera.CameraYSize, camera.NumX, camera.NumY));
    }

    [Fact]
    public async Task StopExposure_delivers_the_newest_at_once_and_the_duration_that_has_passed()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(4);

        camera.StartExposure(300, true);
        await bench.PassAsync(12.5);
        camera.StopExposure();
        await Eventually.HoldsAsync(() => camera.ImageReady);

        Assert.Equal(CameraState.Idle, camera.CameraState);
        Assert.Equal(12.5, camera.LastExposureDuration, 3);
        Assert.Equal(4, Level(camera));
    }

    [Fact]
    public async Task StopExposure_while_reading_ends_the_grace_and_keeps_the_duration_asked_for()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(4);
        camera.StartExposure(2, true);
        await bench.PassUntilAsync(() => camera.CameraState == CameraState.Reading, 20);

        camera.StopExposure();
        await Eventually.HoldsAsync(() => camera.ImageReady);

        Assert.Equal(2, camera.LastExposureDuration);
    }

    [Fact]
    public async Task StopExposure_with_nothing_to_deliver_fails_through_ImageReady()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        camera.StartExposure(300, true);

        camera.StopExposure();
        await Eventually.HoldsAsync(() => camera.CameraState == CameraState.Idle);

        Assert.Contains("no present stack", Assert.Throws<DriverException>(() => camera.ImageReady).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AbortExposure_drops_everything()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(4);
        camera.StartExposure(300, true);

        camera.AbortExposure();

        Assert.Equal((CameraState.Idle, false, 0), (camera.CameraState, camera.ImageReady, camera.PercentCompleted));
        Assert.Equal(0x40B, Assert.Throws<DriverException>(() => camera.ImageArray).Number);
        Assert.Equal(0x40B, Assert.Throws<DriverException>(() => camera.LastExposureDuration).Number);
    }

    [Fact]
    public async Task AbortExposure_after_the_end_drops_the_picture_and_a_failure()
    {
        var (bench, camera) = await CameraBench.StartAsync(Grace5);
        await using var _ = bench;
        await bench.ExposeAsync(camera, 0);
        Assert.Throws<DriverException>(() => camera.ImageReady);

        camera.AbortExposure();
        Assert.False(camera.ImageReady);
        await bench.StackAsync(4);
        await bench.ExposeAsync(camera, 0);
        Assert.True(camera.ImageReady);
        camera.AbortExposure();

        Assert.False(camera.ImageReady);
        Assert.Equal(0, camera.LastExposureDuration);
    }

    [Fact]
    public async Task Stop_and_abort_do_nothing_while_idle()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        camera.StopExposure();
        camera.AbortExposure();

        Assert.Equal((CameraState.Idle, false), (camera.CameraState, camera.ImageReady));
    }

    [Fact]
    public async Task A_second_exposure_is_refused_while_one_is_under_way()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        camera.StartExposure(300, true);

        var refused = Assert.Throws<DriverException>(() => camera.StartExposure(1, true));

        Assert.Equal(0x40B, refused.Number);
        Assert.Equal(CameraState.Exposing, camera.CameraState);
    }

    [Fact]
    public async Task An_exposure_that_only_waits_for_its_picture_is_given_up_for_the_next()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);
        camera.StartExposure(1, true);
        await bench.PassUntilAsync(() => camera.CameraState == CameraState.Reading, 20);

        camera.StartExposure(300, true);

        Assert.Equal((CameraState.Exposing, 0), (camera.CameraState, camera.PercentCompleted));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.0001)]
    [InlineData(0.0009)]
    [InlineData(3600.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public async Task A_duration_out_of_range_is_an_invalid_value(double duration)
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        Assert.Equal(0x401, Assert.Throws<DriverException>(() => camera.StartExposure(duration, true)).Number);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.001, true)]
    [InlineData(3600, true)]
    public async Task A_duration_in_range_is_taken_dark_frames_too(double duration, bool light)
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);

        camera.StartExposure(duration, light);
        camera.StopExposure();
        await Eventually.HoldsAsync(() => camera.ImageReady);

        Assert.InRange(camera.LastExposureDuration, 0, duration);
    }

    [Fact]
    public async Task The_duration_asked_for_and_the_moment_of_acceptance_are_told_of_the_last_exposure()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);
        await bench.PassAsync(1);

        await bench.ExposeAsync(camera, 2);

        Assert.Equal(2, camera.LastExposureDuration);
        Assert.Equal("2026-03-01T20:15:31.250", camera.LastExposureStartTime);
    }

    [Fact]
    public async Task The_picture_of_an_exposure_is_not_changed_by_later_settings()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);

        camera.StartExposure(2, true);
        (camera.BinX, camera.NumX, camera.NumY, camera.StartX) = (2, 1, 1, 1);
        await bench.PassUntilAsync(() => camera.ImageReady, 20);
        (camera.BinX, camera.NumX) = (4, 77);

        var array = (int[,,])camera.ImageArray;
        Assert.Equal((4, 2, 3), (array.GetLength(0), array.GetLength(1), array.GetLength(2)));
    }

    [Fact]
    public async Task The_picture_stays_until_the_next_exposure_begins()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(5);
        await bench.ExposeAsync(camera, 0);

        Assert.Equal((5, 5), (Level(camera), ((int[,,])camera.ImageArrayVariant)[0, 0, 0]));
        camera.StartExposure(10, true);

        Assert.False(camera.ImageReady);
        Assert.Equal(0x40B, Assert.Throws<DriverException>(() => camera.ImageArray).Number);
    }

    [Fact]
    public async Task StackInfo_tells_the_stack_delivered_last_and_whether_it_was_delivered_before()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        Assert.Equal(JsonValueKind.Null, Info(camera).GetProperty("stack").ValueKind);
        await bench.StackAsync(5);
        await bench.ExposeAsync(camera, 0);

        Assert.Equal((5, false), FramesAndDuplicate(camera));
        Assert.Equal(0, camera.LastExposureDuration);
        Assert.Equal((5, false), FramesAndDuplicate(camera));
        camera.StartExposure(1, true);
        Assert.Equal((5, false), FramesAndDuplicate(camera));
        await bench.PassUntilAsync(() => camera.ImageReady, 20);
        Assert.Equal((5, true), FramesAndDuplicate(camera));
        await bench.StackAsync(6);
        await bench.ExposeAsync(camera, 0);

        Assert.Equal((6, false), FramesAndDuplicate(camera));
    }

    [Fact]
    public async Task A_telescope_that_is_lost_leaves_the_camera_connected_and_exposures_failing()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(5);

        await bench.LoseAsync();
        await bench.PassUntilAsync(() => !bench.Telescope.Session.Snapshot.IsStackPresent, 10);
        var refused = Assert.Throws<DriverException>(() => camera.StartExposure(1, true));

        Assert.Equal(0x500, refused.Number);
        Assert.Contains("Switch it on", refused.Message, StringComparison.Ordinal);
        Assert.Equal((true, CameraState.Idle), (camera.Connected, camera.CameraState));
    }

    [Fact]
    public async Task New_frame_ends_with_a_stack_of_another_count_and_not_with_a_repetition()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(5);
        camera.ReadoutMode = 1;

        camera.StartExposure(2, true);
        await Eventually.HoldsAsync(() => bench.Demand.Wants(FrameWish.EveryStack));
        Assert.Equal(CameraState.Exposing, camera.CameraState);
        await bench.PassUntilAsync(() => camera.CameraState == CameraState.Reading, 20);
        await bench.RepeatAsync(5);
        await bench.PassAsync(20);
        Assert.False(camera.ImageReady);
        await bench.StackAsync(6);
        await Eventually.HoldsAsync(() => camera.ImageReady);

        Assert.Equal(6, Level(camera));
        Assert.False(bench.Demand.Wants(FrameWish.EveryStack));
    }

    [Fact]
    public async Task New_frame_ends_with_the_same_count_of_another_stack()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);
        camera.ReadoutMode = 1;

        camera.StartExposure(0, true);
        await bench.TellAsync(Told.Stack(1, state: "complete"), Told.Stack(0));
        await bench.StackAsync(1, level: 77);
        await Eventually.HoldsAsync(() => camera.ImageReady);

        Assert.Equal(77, Level(camera));
    }

    [Fact]
    public async Task New_frame_fails_after_its_time_and_wants_nothing_more()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);
        camera.ReadoutMode = 1;

        var took = await bench.ExposeAsync(camera, 2);

        Assert.InRange(took, 120, 130);
        Assert.Contains("within 120 s", Assert.Throws<DriverException>(() => camera.ImageReady).Message, StringComparison.Ordinal);
        Assert.False(bench.Demand.Wants(FrameWish.EveryStack));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task New_frame_that_is_stopped_delivers_what_is_held_and_one_that_is_aborted_nothing(bool stop)
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);
        camera.ReadoutMode = 1;
        camera.StartExposure(2, true);
        await Eventually.HoldsAsync(() => bench.Demand.Wants(FrameWish.EveryStack));

        if (stop)
        {
            camera.StopExposure();
        }
        else
        {
            camera.AbortExposure();
        }

        await Eventually.HoldsAsync(() => !bench.Demand.Wants(FrameWish.EveryStack));
        await Eventually.HoldsAsync(() => camera.ImageReady == stop);
        Assert.Equal(CameraState.Idle, camera.CameraState);
    }

    [Fact]
    public async Task Two_clients_expose_side_by_side()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        var other = bench.Camera();
        await CameraBench.ConnectAsync(other);
        await bench.StackAsync(1);
        (other.BinX, other.NumX, other.NumY) = (2, 2, 1);

        other.StartExposure(300, true);
        await bench.ExposeAsync(camera, 0);
        other.Connected = false;

        Assert.Equal((1, 4), (Level(camera), camera.NumX));
        Assert.True(camera.Connected);
    }

    private static int Level(SeestarCamera camera) => ((int[,,])camera.ImageArray)[0, 0, 0];

    private static JsonElement Info(SeestarCamera camera)
    {
        using var document = JsonDocument.Parse(camera.Action("stackinfo", string.Empty));
        return document.RootElement.Clone();
    }

    private static (int Frames, bool Duplicate) FramesAndDuplicate(SeestarCamera camera) =>
        (Info(camera).GetProperty("stack").GetProperty("frames").GetInt32(), Info(camera).GetProperty("duplicate").GetBoolean());
}
