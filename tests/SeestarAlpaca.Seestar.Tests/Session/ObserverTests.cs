using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class ObserverTests
{
    private const string StackOf226 =
        """{"Event":"Stack","Timestamp":"8402.422412210","state":"working","lapse_ms":3251379,"frame_errcode":0,"stacked_frame":226,"dropped_frame":16,"can_annotate":true,"route":["View"]}""";

    /// <summary>What begins a new epoch while M 44 is stacked, 226 subs so far.</summary>
    [Theory]
    [InlineData("the stack is restarted", """{"Event":"Stack","state":"working","lapse_ms":11500,"stacked_frame":1,"dropped_frame":0,"route":["View"]}""")]
    [InlineData("another stack has come as far", """{"Event":"Stack","state":"working","lapse_ms":2600000,"stacked_frame":226,"dropped_frame":0,"route":["View"]}""")]
    [InlineData("the stack begins from nothing", """{"Event":"Stack","state":"working","lapse_ms":0,"stacked_frame":0,"dropped_frame":0,"route":["View"]}""")]
    [InlineData("a goto begins", Told.GotoBegins)]
    [InlineData("the mount turns", """{"Event":"ScopeGoto","state":"working","lapse_ms":0,"cur_ra_dec":[8.701667,19.589167],"dist_deg":0.164454,"route":["View","AutoGoto"]}""")]
    [InlineData("the mount turns without a view", """{"Event":"ScopeGoto","state":"working","lapse_ms":0,"dist_deg":40.0,"route":[]}""")]
    [InlineData("polar alignment begins", """{"Event":"3PPA","state":"working","lapse_ms":0,"percent":0.000000,"route":["View"]}""")]
    [InlineData("the arm closes", Told.ArmCloses)]
    [InlineData("the arm begins to close", """{"Event":"ScopeHome","state":"working","lapse_ms":0,"close":false}""")]
    [InlineData("the arm goes to the horizon", Told.ArmOpens)]
    [InlineData("a view begins", Told.LiveView)]
    [InlineData("the view ends", """{"Event":"View","state":"cancel","lapse_ms":219737,"mode":"star","cam_id":0,"route":[]}""")]
    [InlineData("the view turns to scenery", """{"Event":"View","state":"working","lapse_ms":5,"mode":"scenery","cam_id":0,"route":[]}""")]
    [InlineData("the view has another target", """{"Event":"View","state":"working","lapse_ms":5,"mode":"star","target_name":"M 81","route":[]}""")]
    [InlineData("the target is elsewhere", """{"Event":"View","state":"working","lapse_ms":5,"mode":"star","target_name":"M44","target_ra_dec":[8.70,19.514885],"route":[]}""")]
    [InlineData("the telescope has been rebooted", """{"Event":"PiStatus","Timestamp":"33.1","temp":40.0}""")]
    public void It_begins_a_new_epoch_when(string what, string line)
    {
        Assert.NotEmpty(what);
        var before = Told.After(Told.ViewOf("M44"), StackOf226);

        var after = before.Then(line);

        Assert.True(after.Epoch > before.Epoch);
        Assert.NotEqual(before.Announced, after.Announced);
    }

    /// <summary>What leaves the stack of M 44 the present one.</summary>
    [Theory]
    [InlineData("the stack grows", """{"Event":"Stack","state":"working","lapse_ms":3262879,"stacked_frame":227,"dropped_frame":16,"route":["View"]}""")]
    [InlineData("a sub is rejected", """{"Event":"Stack","state":"working","lapse_ms":3262879,"frame_errcode":263,"stacked_frame":226,"dropped_frame":17,"route":["View"]}""")]
    [InlineData("a step of the older family says the same", """{"Event":"Stack","Timestamp":"8402.423239665","state":"frame_complete","frame_type":"light","stacked_frame":62,"dropped_frame":25,"total_frame":87,"error":"star trails","lapse_ms":1292,"code":530}""")]
    [InlineData("the older family tells a start", """{"Event":"Stack","Timestamp":"8402.690485462","state":"start"}""")]
    [InlineData("the stack ends", """{"Event":"Stack","state":"cancel","lapse_ms":3304161,"stacked_frame":226,"dropped_frame":17,"route":["View"]}""")]
    [InlineData("the temperature changes", Told.Status)]
    [InlineData("the clock lags by the time two lines may overtake each other", """{"Event":"PiStatus","Timestamp":"8399.0","temp":40.0}""")]
    [InlineData("a sub is exposed", """{"Event":"Exposure","state":"working","lapse_ms":0,"exp_ms":10000.000000,"port":4700,"route":["View","Stack"]}""")]
    [InlineData("the field is solved", """{"Event":"PlateSolve","page":"stack","state":"solving","star_number":1473}""")]
    [InlineData("annotation works", """{"Event":"Annotate","state":"working","lapse_ms":0,"route":["View","Stack"]}""")]
    [InlineData("an alert repeats a rejection", """{"Event":"Alert","error":"star trails","code":530}""")]
    [InlineData("the wheel moves", """{"Event":"WheelMove","state":"complete","position":1}""")]
    [InlineData("the wide camera shows its view", """{"Event":"SecondView","state":"working","lapse_ms":0,"mode":"star","cam_id":1,"route":[]}""")]
    [InlineData("the wide camera exposes", """{"Event":"ContinuousExposure","state":"working","lapse_ms":0,"fps":0.000000,"route":["SecondView"]}""")]
    [InlineData("the wide camera stacks", """{"Event":"Stack","state":"working","lapse_ms":0,"stacked_frame":1,"dropped_frame":0,"route":["SecondView"]}""")]
    [InlineData("the wide camera is turned", """{"Event":"AutoGoto","state":"working","lapse_ms":0,"route":["SecondView"]}""")]
    [InlineData("the stack is dithered", """{"Event":"MoveByAngle","state":"moving","value":10.043414}""")]
    [InlineData("tracking pauses during the stack", """{"Event":"ScopeTrack","state":"off","tracking":false,"manual":false,"route":[]}""")]
    [InlineData("the view tells of itself", """{"Event":"View","state":"working","lapse_ms":3257511,"mode":"star","target_ra_dec":[8.691287,19.514885],"target_name":"M44","route":[]}""")]
    [InlineData("something unknown happens", """{"Event":"SomethingNobodyKnows","state":"working"}""")]
    public void It_stays_the_same_epoch_when(string what, string line)
    {
        Assert.NotEmpty(what);
        var before = Told.After(Told.ViewOf("M44"), StackOf226);

        var after = before.Then(line);

        Assert.Equal(before.Epoch, after.Epoch);
        Assert.Equal(before.Epoch, after.Announced!.Value.Epoch);
    }

    /// <summary>What turns the telescope away from a stack that has ended.</summary>
    [Theory]
    [InlineData("""{"Event":"MoveByAngle","state":"moving","value":10.043414}""", true)]
    [InlineData("""{"Event":"ScopeTrack","state":"off","tracking":false,"manual":false,"error":"below horizon","code":270,"route":[]}""", true)]
    [InlineData("""{"Event":"ScopeTrack","state":"on","tracking":true,"manual":true,"route":[]}""", false)]
    [InlineData(Told.LiveExposure, false)]
    public void After_the_end_of_a_stack_whatever_leaves_its_field_begins_a_new_epoch(string line, bool leaves)
    {
        var before = Told.After(Told.ViewOf("M44"), StackOf226, Told.Stack(226, 17, 3_304_161, "cancel"));

        var after = before.Then(line);

        Assert.Equal(leaves, after.Epoch > before.Epoch);
    }

    [Fact]
    public void A_stack_that_is_at_work_is_announced_with_its_count()
    {
        var known = Told.After(Told.ViewOf("M44"), StackOf226);

        Assert.Equal(new StackMark(known.Epoch, 226), known.Announced);
        Assert.True(known.IsStacking);
        Assert.Equal((16, TimeSpan.FromMilliseconds(3251379)), (known.DroppedFrames, known.StackLapse));
        Assert.Equal(("M44", (8.691287, 19.514885), 200, false), (known.TargetName, known.TargetRaDec, known.Gain, known.LpFilter));
    }

    [Fact]
    public void A_stack_without_a_sub_is_not_announced()
    {
        Assert.Null(Told.After(Told.Stack(0)).Announced);
    }

    [Fact]
    public void Last_nights_stack_is_not_announced()
    {
        Assert.Null(Told.After("""{"Event":"Stack","state":"cancel","stacked_frame":1003,"dropped_frame":0,"route":["View"]}""").Announced);
    }

    [Fact]
    public void A_stack_that_was_seen_at_work_stays_announced_after_its_end()
    {
        var known = Told.After(Told.Stack(5), Told.Stack(5, state: "cancel"));

        Assert.False(known.IsStacking);
        Assert.Equal(5, known.Announced!.Value.Frames);
    }

    [Fact]
    public void A_goto_is_a_move_until_it_ends_however_often_the_mount_stops_in_between()
    {
        var moving = Told.After(
            Told.ViewOf("M44"),
            Told.GotoBegins,
            """{"Event":"ScopeGoto","state":"working","lapse_ms":0,"dist_deg":0.164454,"route":["View","AutoGoto"]}""",
            """{"Event":"ScopeGoto","state":"working","lapse_ms":0,"close":false}""",
            """{"Event":"ScopeGoto","state":"complete","lapse_ms":2000,"route":["View","AutoGoto"]}""",
            """{"Event":"ScopeGoto","state":"complete","lapse_ms":2000,"close":false}""");

        Assert.True(moving.IsMoving);
        Assert.False(moving.ArmClosed);
        Assert.False(moving.Then(Told.GotoEnds).IsMoving);
    }

    [Theory]
    [InlineData("""{"Event":"AutoGoto","state":"fail","route":["View"]}""")]
    [InlineData(Told.LiveExposure)]
    [InlineData("""{"Event":"Stack","state":"working","lapse_ms":0,"stacked_frame":0,"dropped_frame":0,"route":["View"]}""")]
    [InlineData(Told.LiveView)]
    public void A_goto_that_fails_or_is_followed_by_something_else_is_no_move_any_longer(string line)
    {
        Assert.False(Told.After(Told.GotoBegins, line).IsMoving);
    }

    [Theory]
    [InlineData("""{"Event":"ScopeHome","state":"complete","close":true}""", true, false)]
    [InlineData("""{"Event":"ScopeHome","state":"complete"}""", null, false)]
    [InlineData("""{"Event":"ScopeHome","state":"working","close":false}""", false, true)]
    [InlineData("""{"Event":"ScopeHome","state":"start"}""", false, true)]
    [InlineData("""{"Event":"ScopeHome","state":"fail","close":false}""", false, false)]
    public void The_arms_position_is_known_at_the_end_of_its_move_if_it_is_told(string line, bool? closed, bool moving)
    {
        var known = Told.After(Told.ArmOpens, line);

        Assert.Equal((closed, (bool?)moving), (known.ArmClosed, known.IsMoving));
    }

    [Fact]
    public void The_live_view_is_live_while_it_exposes()
    {
        var live = Told.After(Told.LiveView, Told.LiveExposure);

        Assert.True(live.IsLive);
        Assert.False(live.Then(Told.LiveExposureEnds).IsLive);
        Assert.False(live.Then(Told.Stack(0)).IsLive);
        Assert.False(live.Then(Told.GotoBegins).IsLive);
        Assert.False(live.Then(Told.LiveView).IsLive);
    }

    [Fact]
    public void The_first_stack_since_boot_takes_darks_first()
    {
        var before = Told.After(Told.LiveView, Told.LiveExposure, Told.LiveExposureEnds);

        var initialising = before.Then("""{"Event":"Initialise","state":"working","lapse_ms":0,"route":["View"]}""");

        Assert.True(initialising.IsInitialising);
        Assert.False(initialising.Then("""{"Event":"Initialise","state":"complete","lapse_ms":83424,"route":["View"]}""").IsInitialising);
        Assert.False(initialising.Then(Told.Stack(0)).IsInitialising);
    }

    [Fact]
    public void Video_is_known_by_its_port_while_it_works()
    {
        const string Scenery = """{"Event":"View","state":"working","lapse_ms":0,"mode":"scenery","cam_id":0,"route":[]}""";
        var video = Told.After(Scenery, """{"Event":"RTSP","state":"working","roi_index":0,"port":4554,"route":["View"]}""");

        Assert.Equal(4554, video.RtspPort);
        Assert.Null(video.Then("""{"Event":"RTSP","state":"cancel","port":4554,"route":["View"]}""").RtspPort);
        Assert.Null(video.Then("""{"Event":"View","state":"cancel","mode":"none","route":[]}""").RtspPort);
    }

    [Fact]
    public void A_view_that_begins_without_a_target_has_none()
    {
        var known = Told.After(Told.ViewOf("M44"), Told.LiveView);

        Assert.Null(known.TargetName);
        Assert.Null(known.TargetRaDec);
    }

    [Fact]
    public void A_status_event_changes_only_what_it_tells()
    {
        var known = Told.After(
            """{"Event":"PiStatus","battery_capacity":102,"charge_online":true}""", """{"Event":"PiStatus","battery_temp":35}""", Told.Status);

        Assert.Equal(new PiStatusFields(100, true, 59.900002, 35), known.Status);
    }

    [Fact]
    public void A_reboot_forgets_what_the_telescope_did_and_keeps_what_it_is()
    {
        var before = Told.After("""{"Event":"Version","Timestamp":"10.0","firmware_ver_string":"7.32"}""", Told.ViewOf("M44"), StackOf226);

        var after = before.Then("""{"Event":"PiStatus","Timestamp":"30.0","temp":40.0}""");

        Assert.Equal("7.32", after.Firmware);
        Assert.Equal((null, null, null, null), (after.Mode, after.TargetName, after.IsMoving, after.StackedFrames));
        Assert.Equal(TimeSpan.FromSeconds(30), after.Clock);
    }

    [Fact]
    public void The_length_of_a_sub_is_known_from_its_exposure()
    {
        var known = Told.After(
            """{"Event":"Exposure","state":"working","lapse_ms":0,"exp_ms":20000.000000,"route":["View","Stack"]}""",
            """{"Event":"Exposure","state":"working","lapse_ms":0,"exp_ms":500.000000,"route":["View"]}""");

        Assert.Equal(TimeSpan.FromSeconds(20), known.SubExposure);
    }
}
