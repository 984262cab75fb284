using System.Text;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>Events as a telescope sends them (<c>seestar-protocol.md</c> §3.7), and what is known after some.</summary>
internal static class Told
{
    public const string LiveView = """{"Event":"View","state":"working","lapse_ms":0,"mode":"star","cam_id":0,"lp_filter":false,"gain":0,"route":[]}""";
    public const string LiveExposure = """{"Event":"ContinuousExposure","state":"working","lapse_ms":0,"fps":0.000000,"route":["View"]}""";
    public const string LiveExposureEnds = """{"Event":"ContinuousExposure","state":"cancel","lapse_ms":293430,"fps":2.024623,"route":["View"]}""";
    public const string GotoBegins = """{"Event":"AutoGoto","state":"working","lapse_ms":0,"count":0,"hint":false,"route":["View"]}""";
    public const string GotoEnds = """{"Event":"AutoGoto","state":"complete","lapse_ms":13328,"count":1,"hint":false,"route":["View"]}""";
    public const string ArmCloses = """{"Event":"ScopeHome","state":"complete","lapse_ms":18672,"close":true,"equ_mode":false}""";
    public const string ArmOpens = """{"Event":"ScopeMoveToHorizon","state":"complete","lapse_ms":16826,"close":false}""";
    public const string Status = """{"Event":"PiStatus","temp":59.900002}""";

    public static string ViewOf(string target, double hours = 8.691287) =>
        $$"""{"Event":"View","state":"working","lapse_ms":0,"mode":"star","cam_id":0,"target_ra_dec":[{{hours}},19.514885],"target_name":"{{target}}","lp_filter":false,"gain":200,"route":[]}""";

    public static string Stack(int frames, int dropped = 0, int? lapseMs = null, string state = "working") =>
        $$"""{"Event":"Stack","state":"{{state}}","lapse_ms":{{lapseMs ?? (frames + dropped) * 11500}},"frame_errcode":0,"stacked_frame":{{frames}},"dropped_frame":{{dropped}},"can_annotate":true,"route":["View"]}""";

    public static TelescopeEvent Event(string line) => Assert.IsType<EventMessage>(ControlMessage.Parse(Encoding.UTF8.GetBytes(line))).Event;

    public static TelescopeObservation After(params string[] lines) => TelescopeObservation.Nothing.Then(lines);

    public static TelescopeObservation Then(this TelescopeObservation known, params string[] lines) =>
        lines.Aggregate(known, (before, line) => Observer.Apply(before, Event(line), DateTimeOffset.UnixEpoch));
}
