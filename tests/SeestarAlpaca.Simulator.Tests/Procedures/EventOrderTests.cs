using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Procedures;

/// <summary>The captured order and times of <c>seestar-protocol.md</c> §3.8, on a driven clock.</summary>
public sealed class EventOrderTests
{
    [Fact]
    public async Task A_star_view_without_target_tracks_and_shows_live_pictures()
    {
        await using var run = await Run.StartAsync(Start.Small);

        var events = await run.EventsAsync(s => s.StartView(), 1, "ContinuousExposure");

        Assert.Equal(["View working", "ScopeTrack on", "ContinuousExposure working"], Summaries(events));
        Assert.EndsWith("\"state\":\"working\",\"lapse_ms\":0,\"mode\":\"star\",\"cam_id\":0,\"lp_filter\":false,\"gain\":80,\"route\":[]}", events[0].Line);
        Assert.EndsWith("\"state\":\"on\",\"tracking\":true,\"manual\":true,\"route\":[]}", events[1].Line);
        Assert.EndsWith("\"state\":\"working\",\"lapse_ms\":0,\"fps\":0.000000,\"route\":[\"View\"]}", events[2].Line);
        Assert.InRange(events[1].Seconds - events[0].Seconds, 0.2, 0.4);
        Assert.InRange(events[2].Seconds - events[0].Seconds, 0.2, 0.5);
    }

    [Fact]
    public async Task A_star_view_with_a_near_target_goes_there_and_solves_in_thirteen_seconds()
    {
        await using var run = await Run.StartAsync(Start.Small);
        var target = new SkyTarget("M 51b", 13.5, 47.2);

        var events = await run.EventsAsync(s => s.StartView(target), 20, "\"ContinuousExposure\"");

        Assert.Equal(
            [
                "View working", "AutoGoto working", "AutoGoto preview start", "WheelMove start", "WheelMove complete", "AutoGotoStep preview working",
                "ScopeGoto working", "ScopeGoto working", "ScopeGoto complete", "ScopeTrack off", "ScopeTrack on", "Exposure preview start", "Exposure preview complete",
                "PlateSolve working", "PlateSolve preview start", "PlateSolve preview solving", "PlateSolve preview complete", "PlateSolve complete",
                "AutoGoto preview complete", "AutoGoto complete", "ContinuousExposure working",
            ],
            Summaries(events).Where((s, i) => s != "ScopeGoto working" || i < 8));
        Assert.Contains("\"target_ra_dec\":[13.500000,47.200001],\"target_name\":\"M 51b\",\"lp_filter\":false", events[0].Line);
        Assert.Contains("\"tag\":\"Exposure\",\"func\":\"goto_ra_dec\",\"state\":\"start\",\"target_ra_dec\":[13.500000,47.200001],\"target_name\":\"M 51b\"}", events[2].Line);
        Assert.Contains("\"route\":[\"View\",\"AutoGoto\"]", events.First(e => e.Summary == "ScopeGoto working").Line);
        var complete = events.Single(e => e.Summary == "AutoGoto complete");
        Assert.InRange(complete["lapse_ms"].GetInt64(), 12_000, 15_000);
        Assert.Equal(1, complete["count"].GetInt32());
    }

    [Fact]
    public async Task A_stack_tells_each_sub_in_both_families_and_overlaps_exposing_and_processing()
    {
        await using var run = await Run.StartAsync(Start.Small);
        await run.EventsAsync(s => s.StartView(), 1, "\"ContinuousExposure\"");

        var events = await run.EventsAsync(s => s.StartStack(), 32, "\"stacked_frame\":2,\"dropped_frame\":0,\"total_frame\"");

        Assert.Equal(
            [
                "ContinuousExposure cancel", "Stack working", "Stack start", "DiskSpace",
                "Exposure working", "Exposure stack start", "Exposure stack downloading", "Exposure stack complete", "Exposure complete",
                "Exposure working", "Exposure stack start", "Stack working", "Stack frame_complete",
                "Annotate working", "Annotate stack start", "PlateSolve working", "PlateSolve stack start", "PlateSolve stack solving", "PlateSolve stack complete",
                "PlateSolve complete", "Annotate stack complete", "Annotate complete",
                "Exposure stack downloading", "Exposure stack complete", "Exposure complete",
                "Exposure working", "Exposure stack start", "Stack working", "Stack frame_complete",
            ],
            Summaries(events));
    }

    [Fact]
    public async Task A_ten_second_sub_has_the_captured_times_and_members()
    {
        await using var run = await Run.StartAsync(Start.Small with { Model = SeestarModel.S30 });
        await run.EventsAsync(s => s.StartView(), 1, "\"ContinuousExposure\"");

        var events = await run.EventsAsync(s => s.StartStack(), 40, "\"stacked_frame\":2,\"dropped_frame\":0,\"total_frame\"");

        var (working, start) = (Nth(events, "Exposure working", 0), Nth(events, "Exposure stack start", 0));
        Assert.EndsWith("\"state\":\"working\",\"lapse_ms\":0,\"exp_ms\":10000.000000,\"port\":4700,\"route\":[\"View\",\"Stack\"]}", working.Line);
        Assert.EndsWith("\"page\":\"stack\",\"state\":\"start\",\"exp_us\":10000000,\"gain\":200}", start.Line);
        Assert.InRange(Nth(events, "Exposure stack downloading", 0).Seconds - working.Seconds, 11.19, 11.22);
        Assert.InRange(Nth(events, "Exposure complete", 0)["lapse_ms"].GetInt64(), 11_460, 11_580);
        Assert.InRange(Nth(events, "Exposure working", 1).Seconds - Nth(events, "Exposure complete", 0).Seconds, 0.0005, 0.003);
        Assert.InRange(Nth(events, "Stack frame_complete", 0).Seconds - Nth(events, "Exposure complete", 0).Seconds, 3.0, 5.1);
        Assert.EndsWith("\"frame_errcode\":0,\"stacked_frame\":2,\"dropped_frame\":0,\"can_annotate\":true,\"route\":[\"View\"]}", Nth(events, "Stack working", 2).Line);
        Assert.Contains("\"frame_type\":\"light\",\"stacked_frame\":2,\"dropped_frame\":0,\"total_frame\":2,\"error\":\"no error\",\"lapse_ms\":", events[^1].Line);
    }

    [Fact]
    public async Task The_first_solve_carries_the_image_id_and_the_annotations_six_digits()
    {
        await using var run = await Run.StartAsync(Start.Small);
        await run.EventsAsync(s => s.StartView(), 1, "\"ContinuousExposure\"");

        var events = await run.EventsAsync(s => s.StartStack(), 25, "\"annotations\"", "\"route\"");

        using var images = await ImageClient.ConnectAsync(run.Simulator.ImageEndPoint);
        var solve = events.Single(e => e.Summary == "PlateSolve stack complete");
        var annotate = events.Single(e => e.Summary == "Annotate complete");
        var imageId = (await images.AskAsync(23, "get_stacked_img")).ImageId;
        Assert.Equal(imageId, solve["result"].GetProperty("image_id").GetInt32());
        Assert.Equal(imageId, annotate["result"].GetProperty("image_id").GetInt32());
        Assert.Contains("\"pixelx\":31.5,\"pixely\":47.5,\"radius\":8}", annotate.Line);
        Assert.InRange(annotate["lapse_ms"].GetInt64(), 3350, 3450);
    }

    [Fact]
    public async Task Stopping_a_stack_interrupts_saves_and_goes_back_to_live_pictures_and_replies_last()
    {
        await using var run = await Run.StartAsync(Start.Small);
        run.Simulator.Stack(run.Clock, 1);
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        await run.Client.EventsUntilAsync("\"annotations\"", "\"route\"");

        await run.Client.SendAsync("{\"id\":5,\"verify\":true,\"method\":\"iscope_stop_view\",\"params\":{\"stage\":\"Stack\"}}\r\n");
        var interrupted = await run.Client.EventsUntilAsync("\"Exposure\"", "\"cancel\"");
        run.Clock.Advance(TimeSpan.FromSeconds(2));
        var events = await run.Client.EventsUntilAsync("\"ContinuousExposure\"");
        var reply = await run.Client.ReplyAsync();

        Assert.Equal(["Exposure stack fail", "Exposure cancel"], Summaries(interrupted));
        Assert.EndsWith("\"state\":\"fail\",\"error\":\"interrupt\",\"code\":514}", interrupted[0].Line);
        Assert.Equal(["SaveImage complete", "Stack cancel", "ContinuousExposure working"], Summaries(events));
        Assert.InRange(events[0].Seconds - interrupted[1].Seconds, 0.99, 1.01);
        Assert.Matches(@"""filename"":""Stacked_1_Unknown_10\.0s_IRCUT_19700101-000\d\d\d\.fit"",""fullname"":""MyWorks/Unknown/Stacked_1_", events[0].Line);
        Assert.Matches(@"""stacked_frame"":1,""dropped_frame"":0,""can_annotate"":true,""jpg_name"":""MyWorks/Unknown/Stacked_1_.*\.jpg"",""route"":\[""View""\]", events[1].Line);
        Assert.EndsWith("\"method\":\"iscope_stop_view\",\"result\":0,\"code\":0,\"id\":5}", reply);
    }

    [Fact]
    public async Task A_goto_can_be_broken_off_by_the_name_of_what_it_is_doing()
    {
        await using var run = await Run.StartAsync(Start.Small);
        run.Simulator.StartView(Start.M81);
        run.Clock.Advance(TimeSpan.FromSeconds(4));
        await run.Client.EventsUntilAsync("\"ScopeGoto\"");

        await run.Client.SendAsync("{\"id\":5,\"verify\":true,\"method\":\"iscope_stop_view\",\"params\":{\"stage\":\"ScopeGoto\"}}\r\n");

        var events = await run.Client.EventsUntilAsync("\"ContinuousExposure\"");
        Assert.Equal(["AutoGoto cancel", "ContinuousExposure working"], Summaries(events.TakeLast(2)));
    }

    [Fact]
    public async Task Stopping_the_view_tells_the_settings_and_that_there_is_no_view()
    {
        await using var run = await Run.StartAsync(Start.Small);
        await run.EventsAsync(s => s.StartView(), 3, "\"ContinuousExposure\"");

        var events = await run.EventsAsync(s => s.StopView(), 1, "\"mode\":\"none\"");

        Assert.Equal(["ContinuousExposure cancel", "View cancel", "Setting", "View cancel"], Summaries(events));
        Assert.Contains("\"mode\":\"star\"", events[1].Line);
        Assert.Equal(2.0, events[0]["fps"].GetDouble(), 0.5);
        Assert.EndsWith(
            "\"wide_cam\":false,\"stack\":{\"brightness\":0.000000,\"contrast\":0.000000,\"saturation\":0.000000,\"dbe_enable\":false}}", events[2].Line);
        Assert.EndsWith(
            "\"mode\":\"none\",\"cam_id\":0,\"manual_exp\":false,\"timelapse\":{\"enable\":false,\"delay_sec\":1.000000,\"src_dura_min\":-1},\"route\":[]}", events[3].Line);
    }

    [Fact]
    public async Task Closing_the_arm_ends_the_view_and_takes_nineteen_seconds()
    {
        await using var run = await Run.StartAsync(Start.Small);
        await run.EventsAsync(s => s.StartView(), 1, "\"ContinuousExposure\"");

        var events = await run.EventsAsync(s => s.CloseArm(), 20, "\"close\":true");

        Assert.Equal(["ContinuousExposure cancel", "View cancel", "Setting", "View cancel", "ScopeHome working", "ScopeHome complete"], Summaries(events));
        Assert.EndsWith("\"state\":\"complete\",\"lapse_ms\":18672,\"close\":true,\"equ_mode\":false}", events[^1].Line);
        Assert.True(run.Simulator.IsArmClosed);
        Assert.Null(run.Simulator.Stage);
    }

    [Fact]
    public async Task Opening_the_arm_takes_seventeen_seconds()
    {
        await using var run = await Run.StartAsync(Start.Small);
        await run.EventsAsync(s => s.CloseArm(), 20, "\"close\":true");

        var events = await run.EventsAsync(s => s.OpenArm(), 20, "\"state\":\"complete\"");

        Assert.EndsWith("\"Event\":\"ScopeMoveToHorizon\"", events[^1].Line[..(events[^1].Line.IndexOf(',', StringComparison.Ordinal))]);
        Assert.EndsWith("\"state\":\"complete\",\"lapse_ms\":16826,\"close\":false}", events[^1].Line);
        Assert.False(run.Simulator.IsArmClosed);
    }

    [Fact]
    public async Task Scenery_becomes_video_after_some_seconds()
    {
        await using var run = await Run.StartAsync(Start.Small);

        var events = await run.EventsAsync(s => s.StartScenery(), 5, "\"RTSP\"");

        Assert.Equal(["View working", "RTSP working"], Summaries(events));
        Assert.EndsWith("\"roi_index\":0,\"port\":4554,\"route\":[\"View\"]}", events[1].Line);
        Assert.Equal("RTSP", run.Simulator.Stage);
    }

    [Fact]
    public async Task The_first_stack_since_power_on_takes_darks_and_focuses_in_83_seconds()
    {
        await using var run = await Run.StartAsync(Start.Small with { SkipInitialise = false });
        await run.EventsAsync(s => s.StartView(), 1, "\"ContinuousExposure\"");

        var events = await run.EventsAsync(s => s.StartStack(), 85, "\"Stack\"");

        var initialise = events.Single(e => e.Summary == "Initialise complete");
        Assert.InRange(initialise["lapse_ms"].GetInt64(), 82_000, 85_000);
        Assert.InRange(events.Single(e => e.Summary == "DarkLibrary complete")["lapse_ms"].GetInt64(), 59_000, 59_500);
        Assert.Equal([0, 1], events.Where(e => e.Summary == "WheelMove complete").Select(e => e["position"].GetInt32()));
        Assert.Contains("\"route\":[\"View\",\"Initialise\",\"AutoFocus\"]", events.First(e => e.Summary == "FocuserMove complete").Line);
    }

    [Fact]
    public async Task Rejected_subs_raise_dropped_frame_and_alert_and_leave_the_stack()
    {
        await using var run = await Run.StartAsync(Start.Small with { RejectedShare = 0.9 });
        await run.EventsAsync(s => s.StartView(), 1, "\"ContinuousExposure\"");

        var events = await run.EventsAsync(s => s.StartStack(), 60, "\"Alert\"");

        var (frame, alert) = (events[^2], events[^1]);
        Assert.Equal(1, frame["dropped_frame"].GetInt32());
        Assert.Contains(frame["code"].GetInt32(), new[] { 263, 264, 530 });
        Assert.Equal(frame["code"].GetInt32(), alert["code"].GetInt32());
        Assert.Equal(frame["code"].GetInt32(), events[^3]["frame_errcode"].GetInt32());
    }

    [Fact]
    public async Task After_its_last_sub_a_stack_says_nothing_more_and_stays()
    {
        await using var run = await Run.StartAsync(Start.Small with { Subs = 2 });
        run.Simulator.Stack(run.Clock, 2);
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        await run.Client.EventsUntilAsync("\"frame_complete\"", "\"stacked_frame\":2");

        var events = await run.EventsAsync(_ => { }, 60, s => s.StopStack(), "\"cancel\"");

        Assert.Equal(2, run.Simulator.StackedFrame);
        Assert.Equal(["SaveImage complete", "Stack cancel"], Summaries(events));
    }

    [Fact]
    public async Task A_goto_while_stacking_makes_subs_useless()
    {
        await using var run = await Run.StartAsync(Start.Small);
        run.Simulator.Stack(run.Clock, 1);

        run.Simulator.Goto(Start.M81);
        run.Clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(1, run.Simulator.StackedFrame);
        Assert.Contains("transform failed", (await run.Client.EventsUntilAsync("\"Alert\""))[^1].Line);
    }

    [Fact]
    public async Task Power_reports_tell_only_what_changed()
    {
        await using var run = await Run.StartAsync(Start.Small);

        run.Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Matches(@"^\{""Event"":""PiStatus"",""Timestamp"":""30\d\.\d{9}"",""temp"":\d\d\.\d{6}\}$", await run.Client.ReadLineAsync());
    }

    [Fact]
    public async Task The_same_seed_and_clock_give_the_same_events()
    {
        var lines = new List<string[]>();
        for (var i = 0; i < 2; i++)
        {
            await using var run = await Run.StartAsync(Start.Small with { StartStacking = true, RejectedShare = 0.3 });
            run.Clock.Advance(TimeSpan.FromSeconds(100));
            lines.Add([.. (await run.Client.EventsUntilAsync("\"total_frame\":4")).Select(e => e.Line)]);
        }

        Assert.Equal(lines[0], lines[1]);
    }

    private static IEnumerable<string> Summaries(IEnumerable<WireEvent> events) => events.Select(e => e.Summary);

    private static WireEvent Nth(IEnumerable<WireEvent> events, string summary, int index) => events.Where(e => e.Summary == summary).ElementAt(index);

    /// <summary>A simulator on a driven clock with somebody who listens.</summary>
    private sealed record Run(SeestarSimulator Simulator, ManualTimeProvider Clock, ControlClient Client) : IAsyncDisposable
    {
        public static async Task<Run> StartAsync(SimulatorOptions options)
        {
            var clock = new ManualTimeProvider();
            var simulator = await Start.SimulatorAsync(options, clock);
            return new Run(simulator, clock, await ControlClient.ConnectAsync(simulator.ControlEndPoint));
        }

        /// <summary>Begins something, lets time pass, and reads what was told up to a text.</summary>
        public Task<List<WireEvent>> EventsAsync(Action<SeestarSimulator> begin, double seconds, params string[] until) =>
            EventsAsync(begin, seconds, _ => { }, until);

        public async Task<List<WireEvent>> EventsAsync(Action<SeestarSimulator> begin, double seconds, Action<SeestarSimulator> then, params string[] until)
        {
            begin(Simulator);
            Clock.Advance(TimeSpan.FromSeconds(seconds));
            then(Simulator);
            Clock.Advance(TimeSpan.FromSeconds(2));
            return await Client.EventsUntilAsync(until);
        }

        public ValueTask DisposeAsync()
        {
            Client.Dispose();
            return Simulator.DisposeAsync();
        }
    }
}
