using System.Text;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Tests.Control;

/// <summary>The captured lines of <c>seestar-protocol.md</c> §3.1 and §3.7.</summary>
public class TelescopeEventTests
{
    [Fact]
    public void The_recorded_events_of_an_S30_are_read_as_what_they_are()
    {
        var lines = Encoding.UTF8.GetString(Resource.Bytes("events-4700.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var events = lines.Select(Parse).ToArray();

        Assert.Equal(
            [
                "PiStatusEvent", "PiStatusEvent", "PiStatusEvent", "ViewEvent", "ViewEvent", "PiStatusEvent", "PiStatusEvent", "ViewEvent", "OtherEvent",
                "OtherEvent", "PiStatusEvent",
            ],
            events.Select(happened => happened.GetType().Name));
        Assert.Equal(new PiStatusFields(null, null, null, 35), Assert.IsType<PiStatusEvent>(events[0]).Status);
        Assert.Equal(100, Assert.IsType<PiStatusEvent>(events[1]).Status.BatteryPercent);
        Assert.Equal(64.199997, Assert.IsType<PiStatusEvent>(events[5]).Status.CpuTemperature);
        Assert.Equal("scenery", Assert.IsType<ViewEvent>(events[3]).View.Mode);
        Assert.Equal(("star", TimeSpan.Zero, 0), Of(Assert.IsType<ViewEvent>(events[7]).View));

        static (string? Mode, TimeSpan? Lapse, int? Gain) Of(ViewFields view) => (view.Mode, view.Lapse, view.Gain);
    }

    [Fact]
    public void The_greeting_tells_the_firmware()
    {
        var happened = Parse(
            """{"Event":"Version","Timestamp":"6655.636558477","name":"ASI AIR imager","svr_ver_string":"1.0","svr_ver_int":29,"firmware_ver_int":2225,"firmware_ver_string":"2.25","is_verified":true}""");

        Assert.Equal(new VersionEvent(TimeSpan.FromSeconds(6655.636558477), 2225, "2.25", true), happened);
    }

    [Fact]
    public void A_view_tells_target_mode_gain_and_filter()
    {
        var happened = Assert.IsType<ViewEvent>(Parse(
            """{"Event":"View","Timestamp":"5137.340778002","state":"working","lapse_ms":0,"mode":"star","cam_id":0,"target_ra_dec":[8.691287,19.514885],"target_name":"M44","lp_filter":false,"gain":200,"route":[]}"""));

        Assert.Equal(new ViewFields("working", "star", "M44", (8.691287, 19.514885), 200, false, TimeSpan.Zero, null), happened.View);
        Assert.True(happened is { InView: true, IsWorking: true });
    }

    [Theory]
    [InlineData(
        """{"Event":"Stack","Timestamp":"8402.422412210","state":"working","lapse_ms":3251379,"frame_errcode":0,"stacked_frame":226,"dropped_frame":16,"can_annotate":true,"route":["View"]}""",
        "working", 226, 16, 0, 3251379, true)]
    [InlineData(
        """{"Event":"Stack","Timestamp":"1688.689575174","state":"working","lapse_ms":0,"frame_errcode":-1,"stacked_frame":0,"dropped_frame":0,"can_annotate":false,"route":["View"]}""",
        "working", 0, 0, -1, 0, true)]
    [InlineData(
        """{"Event":"Stack","Timestamp":"1992.850720612","state":"cancel","lapse_ms":304161,"frame_errcode":264,"stacked_frame":1,"dropped_frame":17,"can_annotate":true,"jpg_name":"MyWorks/Mizar/Stacked_1_Mizar_10.0s_IRCUT_20250717-203726.jpg","route":["View"]}""",
        "cancel", 1, 17, 264, 304161, true)]
    [InlineData(
        """{"Event":"Stack","Timestamp":"8402.423239665","state":"frame_complete","frame_type":"light","stacked_frame":226,"dropped_frame":16,"total_frame":242,"error":"no error","lapse_ms":3006,"code":0}""",
        "frame_complete", 226, 16, null, 3006, false)]
    public void A_stack_tells_its_counts_and_the_step_family_is_told_apart(
        string line, string state, int stacked, int dropped, int? error, int lapse, bool inView)
    {
        var happened = Assert.IsType<StackEvent>(Parse(line));

        Assert.Equal(new StackFields(state, stacked, dropped, error, TimeSpan.FromMilliseconds(lapse)), happened.Stack);
        Assert.Equal(inView, happened.InView);
    }

    [Theory]
    [InlineData(
        """{"Event":"Exposure","Timestamp":"5153.681569033","state":"working","lapse_ms":0,"exp_ms":10000.000000,"port":4700,"route":["View","Stack"]}""",
        10.0, true)]
    [InlineData(
        """{"Event":"Exposure","Timestamp":"5153.682281572","page":"stack","state":"start","exp_us":10000000,"gain":200}""", null, false)]
    [InlineData("""{"Event":"Exposure","state":"working","exp_ms":1e300,"route":["View","Stack"]}""", null, true)]
    [InlineData("""{"Event":"Exposure","state":"working","exp_ms":-5,"route":["View","Stack"]}""", null, true)]
    public void An_exposure_tells_its_length_if_it_is_one(string line, double? seconds, bool inView)
    {
        var happened = Assert.IsType<ExposureEvent>(Parse(line));

        Assert.Equal(seconds, happened.Exposure?.TotalSeconds);
        Assert.Equal(inView, happened.InView);
    }

    [Theory]
    [InlineData("""{"Event":"ScopeHome","Timestamp":"900.0","state":"complete","lapse_ms":18672,"close":true,"equ_mode":false}""", "ScopeHome", true)]
    [InlineData("""{"Event":"ScopeMoveToHorizon","Timestamp":"950.0","state":"complete","lapse_ms":16826,"close":false}""", "ScopeMoveToHorizon", false)]
    public void The_arms_moves_tell_whether_it_is_folded(string line, string name, bool close)
    {
        var happened = Assert.IsType<ArmEvent>(Parse(line));

        Assert.Equal((name, "complete", (bool?)close), (happened.Name, happened.State, happened.Close));
    }

    [Fact]
    public void A_client_event_tells_who_is_master()
    {
        Assert.True(Assert.IsType<ClientEvent>(Parse("""{"Event":"Client","is_master":true}""")).IsMaster);
    }

    [Theory]
    [InlineData("""{"Event":"ContinuousExposure","Timestamp":"1372.702161093","state":"working","lapse_ms":0,"fps":0.000000,"route":["View"]}""", true)]
    [InlineData("""{"Event":"ContinuousExposure","Timestamp":"1372.7","state":"working","lapse_ms":0,"fps":0.000000,"route":["SecondView"]}""", false)]
    [InlineData("""{"Event":"SecondView","state":"working","mode":"star","cam_id":1,"route":[]}""", false)]
    [InlineData("""{"Event":"GSensorMove","Timestamp":"2205.182986165"}""", false)]
    [InlineData("""{"Event":"SomethingNobodyKnows","route":"no list","state":7,"Timestamp":false}""", false)]
    [InlineData("""{"Event":"Alert","Timestamp":"2200.1","error":"star trails","code":530}""", false)]
    public void Every_other_event_is_passed_through_as_it_came(string line, bool inView)
    {
        var happened = Assert.IsType<OtherEvent>(Parse(line));

        Assert.Equal(line, happened.Json.GetRawText());
        Assert.Equal(inView, happened.InView);
    }

    [Theory]
    [InlineData("\"-1\"")]
    [InlineData("\"1e12\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("17")]
    public void A_clock_that_cannot_be_is_unknown(string timestamp)
    {
        Assert.Null(Parse($$"""{"Event":"PiStatus","Timestamp":{{timestamp}}}""").Timestamp);
    }

    [Fact]
    public void Fields_of_another_type_than_expected_are_unknown()
    {
        var happened = Assert.IsType<ViewEvent>(Parse(
            """{"Event":"View","state":1,"mode":[],"target_name":{},"target_ra_dec":[1e999,2],"gain":"80","lp_filter":1,"lapse_ms":"5","route":[3]}"""));

        Assert.Equal(new ViewFields(null, null, null, null, null, null, null, null), happened.View);
        Assert.Equal([string.Empty], happened.Route);
    }

    private static TelescopeEvent Parse(string line) =>
        Assert.IsType<EventMessage>(ControlMessage.Parse(Encoding.UTF8.GetBytes(line))).Event;
}
