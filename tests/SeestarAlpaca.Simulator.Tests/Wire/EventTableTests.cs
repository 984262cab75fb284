using System.Text.Json;

namespace SeestarAlpaca.Simulator.Tests.Wire;

/// <summary>
/// The events of <c>seestar-protocol.md</c> §3.7: what the telescope tells during a procedure has the keys, their order, the types and the
/// formats of the captured lines.
/// </summary>
public sealed class EventTableTests
{
    private static readonly SimulatorOptions S50 = Scene.Options("S50 6.70");
    private static readonly SimulatorOptions S30 = Scene.Options("S30 7.06");

    /// <summary>What is done on a telescope, for how many seconds it is listened to, and captured lines that must be told.</summary>
    private static readonly Dictionary<string, (SimulatorOptions Options, Doing Doing, string Request, double Seconds, string[] Lines)> Procedures = new()
    {
        ["a night's power"] = (S50, Doing.Nothing, "\"method\":\"test_connection\"", 400,
        [
            """{"Event":"PiStatus","Timestamp":"1320.696115548","battery_temp":35}""",
            """{"Event":"PiStatus","Timestamp":"8392.196562235","temp":59.900002}""",
            """{"Event":"PiStatus","Timestamp":"4795.526086099","charger_status":"Discharging","charge_online":false}""",
            """{"Event":"PiStatus","Timestamp":"4795.526086099","battery_capacity":102}""",
        ]),
        ["a view without target"] = (S50, Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\"}", 2,
        [
            """{"Event":"View","Timestamp":"1372.272784780","state":"working","lapse_ms":0,"mode":"star","cam_id":0,"lp_filter":false,"gain":0,"route":[]}""",
            """{"Event":"ScopeTrack","Timestamp":"1372.582786775","state":"on","tracking":true,"manual":true,"route":[]}""",
            """{"Event":"ContinuousExposure","Timestamp":"1372.702161093","state":"working","lapse_ms":0,"fps":0.000000,"route":["View"]}""",
        ]),
        ["a view of a target"] = (S30, Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\",\"target_ra_dec\":[8.69,19.5],\"target_name\":\"M44\"}", 60,
        [
            """{"Event":"View","Timestamp":"5137.340778002","state":"working","lapse_ms":0,"mode":"star","cam_id":0,"target_ra_dec":[8.691287,19.514885],"target_name":"M44","lp_filter":false,"gain":200,"route":[]}""",
            """{"Event":"AutoGoto","Timestamp":"5137.478450199","state":"working","lapse_ms":0,"count":0,"hint":false,"route":["View"]}""",
            """{"Event":"AutoGoto","Timestamp":"5137.485468544","page":"preview","tag":"Exposure","func":"goto_ra_dec","state":"start","target_ra_dec":[8.691287,19.514885],"target_name":"M44"}""",
            """{"Event":"AutoGoto","Timestamp":"5150.806860528","state":"complete","lapse_ms":13328,"count":1,"hint":false,"route":["View"]}""",
            """{"Event":"ScopeGoto","Timestamp":"5140.224842966","state":"working","lapse_ms":0,"cur_ra_dec":[8.701667,19.589167],"dist_deg":0.164454,"route":["View","AutoGoto"]}""",
            """{"Event":"ScopeGoto","Timestamp":"5140.523392094","state":"working","lapse_ms":0,"close":false}""",
            """{"Event":"Exposure","Timestamp":"5142.005865193","page":"preview","tag":"Exposure-AutoGoto","ac_count":1,"state":"start","exp_us":2000000,"gain":200}""",
            """{"Event":"PlateSolve","Timestamp":"15221.315064872","page":"preview","tag":"Exposure-AutoGoto","ac_count":1,"state":"complete","result":{"ra_dec":[3.252308,41.867462],"fov":[0.712052,1.265553],"focal_len":252.081757,"angle":-175.841003,"image_id":1161,"star_number":884,"duration_ms":13185}}""",
        ]),
        ["a target below the horizon"] = (S50 with { TargetsBelowHorizon = true }, Doing.Nothing,
            "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\",\"target_ra_dec\":[8.69,19.5],\"target_name\":\"M44\"}", 60,
        [
            """{"Event":"ScopeTrack","Timestamp":"2100.100000000","state":"off","tracking":false,"manual":false,"error":"below horizon","code":270,"route":[]}""",
            """{"Event":"AutoGotoStep","Timestamp":"1300.000000000","tag":"Exposure","page":"preview","func":"goto_ra_dec","state":"fail","count":6,"error":"mount goto failed","code":501}""",
            """{"Event":"AutoGoto","Timestamp":"5150.806860528","state":"fail","error":"auto goto failed","code":252,"lapse_ms":13328,"count":1,"hint":false,"route":["View"]}""",
        ]),
        ["a target that cannot be solved"] = (S50 with { SolvesFail = true }, Doing.Nothing,
            "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\",\"target_ra_dec\":[8.69,19.5],\"target_name\":\"M44\"}", 120,
        [
            """{"Event":"PlateSolve","Timestamp":"21778.539366227","state":"fail","error":"solve failed","code":251,"lapse_ms":30985,"route":["View","AutoGoto"]}""",
            """{"Event":"AutoGotoStep","Timestamp":"1300.000000000","tag":"Exposure","page":"preview","func":"goto_ra_dec","state":"fail","count":3,"error":"solve failed","code":251}""",
            """{"Event":"AutoGoto","Timestamp":"5150.806860528","state":"fail","error":"auto goto failed","code":252,"lapse_ms":13328,"count":3,"hint":false,"route":["View"]}""",
        ]),
        ["the first stack since power-on"] = (S50 with { SkipInitialise = false }, Doing.LiveView, "\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true}", 120,
        [
            """{"Event":"ContinuousExposure","Timestamp":"1604.964081079","state":"cancel","lapse_ms":293430,"fps":2.024623,"route":["View"]}""",
            """{"Event":"Initialise","Timestamp":"1604.975377280","state":"working","lapse_ms":0,"route":["View"]}""",
            """{"Event":"Initialise","Timestamp":"1688.399089511","state":"complete","lapse_ms":83424,"route":["View"]}""",
            """{"Event":"DarkLibrary","Timestamp":"1604.976126569","state":"working","lapse_ms":0,"percent":0.000000,"route":["View","Initialise"]}""",
            """{"Event":"DarkLibrary","Timestamp":"1664.217128585","state":"complete","lapse_ms":59240,"percent":100.000000,"route":["View","Initialise"]}""",
            """{"Event":"WheelMove","Timestamp":"1604.976576900","state":"start"}""",
            """{"Event":"WheelMove","Timestamp":"1605.379077579","state":"complete","position":0}""",
            """{"Event":"AutoFocus","Timestamp":"1664.218571162","state":"working","lapse_ms":0,"route":["View","Initialise"]}""",
            """{"Event":"AutoFocus","Timestamp":"1664.220038531","state":"start"}""",
            """{"Event":"AutoFocus","Timestamp":"1670.332497098","state":"working","result":{"x_scale":[1690,1710],"y_scale":[-5.000000,5.000000],"points":[[1700,0.000000]],"status_flag":1}}""",
            """{"Event":"FocuserMove","Timestamp":"1666.626116142","state":"working","lapse_ms":0,"position":1580,"route":["View","Initialise","AutoFocus"]}""",
            """{"Event":"FocuserMove","Timestamp":"1666.626988805","state":"complete","lapse_ms":0,"position":1580,"route":["View","Initialise","AutoFocus"]}""",
            """{"Event":"Stack","Timestamp":"1688.689575174","state":"working","lapse_ms":0,"frame_errcode":-1,"stacked_frame":0,"dropped_frame":0,"can_annotate":false,"route":["View"]}""",
            """{"Event":"Stack","Timestamp":"1688.690485462","state":"start"}""",
            """{"Event":"DiskSpace","Timestamp":"1691.342453345","used_percent":38}""",
        ]),
        ["focusing without stars"] = (S50 with { FocusFails = true }, Doing.LiveView, "\"method\":\"start_auto_focuse\"", 40,
        [
            """{"Event":"AutoFocus","Timestamp":"1686.030234531","state":"fail","error":"no star is detected","code":279}""",
            """{"Event":"AutoFocus","Timestamp":"1686.030234531","state":"fail","error":"no star is detected","code":279,"lapse_ms":24000,"route":["View"]}""",
        ]),
        ["a stack"] = (S30, Doing.LiveView, "\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true}", 30,
        [
            """{"Event":"Exposure","Timestamp":"5153.681569033","state":"working","lapse_ms":0,"exp_ms":10000.000000,"port":4700,"route":["View","Stack"]}""",
            """{"Event":"Exposure","Timestamp":"5153.682281572","page":"stack","state":"start","exp_us":10000000,"gain":200}""",
            """{"Event":"Exposure","Timestamp":"5164.887936066","page":"stack","state":"downloading"}""",
            """{"Event":"Exposure","Timestamp":"5165.155251245","page":"stack","state":"complete"}""",
            """{"Event":"Exposure","Timestamp":"5165.156386698","state":"complete","lapse_ms":11475,"exp_ms":10000.000000,"port":4700,"route":["View","Stack"]}""",
            """{"Event":"Stack","Timestamp":"8402.422412210","state":"working","lapse_ms":3251379,"frame_errcode":0,"stacked_frame":226,"dropped_frame":16,"can_annotate":true,"route":["View"]}""",
            """{"Event":"Stack","Timestamp":"8402.423239665","state":"frame_complete","frame_type":"light","stacked_frame":226,"dropped_frame":16,"total_frame":242,"error":"no error","lapse_ms":3006,"code":0}""",
            """{"Event":"Annotate","Timestamp":"5169.077861975","state":"working","lapse_ms":0,"route":["View","Stack"]}""",
            """{"Event":"PlateSolve","Timestamp":"5169.078827680","page":"stack","state":"start"}""",
            """{"Event":"PlateSolve","Timestamp":"5171.181748392","page":"stack","state":"solving","star_number":1473}""",
            """{"Event":"PlateSolve","Timestamp":"5172.366330902","page":"stack","state":"complete","result":{"ra_dec":[8.690789,19.502222],"fov":[1.197180,2.128230],"focal_len":149.900574,"angle":42.600006,"image_id":525,"star_number":1473,"duration_ms":3287}}""",
            """{"Event":"Annotate","Timestamp":"5172.488951415","state":"complete","lapse_ms":3411,"result":{"image_size":[1080,1920],"annotations":[{"type":"ngc","names":["M 44"],"pixelx":427.5,"pixely":972.5,"radius":8}],"image_id":525},"route":["View","Stack"]}""",
        ]),
        ["a stack whose subs are rejected"] = (S50 with { RejectedShare = 0.9 }, Doing.LiveView, "\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true}", 60,
        [
            """{"Event":"Stack","Timestamp":"2200.000000000","state":"frame_complete","frame_type":"light","stacked_frame":62,"dropped_frame":25,"total_frame":87,"error":"star trails","lapse_ms":1292,"code":530}""",
            """{"Event":"Alert","Timestamp":"2200.100000000","error":"star trails","code":530}""",
        ]),
        ["the end of a stack"] = (S50, Doing.Stacking, "\"method\":\"iscope_stop_view\"", 5,
        [
            """{"Event":"Exposure","Timestamp":"1991.848860730","page":"stack","state":"fail","error":"interrupt","code":514}""",
            """{"Event":"Exposure","Timestamp":"1991.850858346","state":"cancel","lapse_ms":7671,"exp_ms":10000.000000,"route":["View","Stack"]}""",
            """{"Event":"SaveImage","Timestamp":"1992.842348065","state":"complete","filename":"Stacked_1_Mizar_10.0s_IRCUT_20250717-203726.fit","fullname":"MyWorks/Mizar/Stacked_1_Mizar_10.0s_IRCUT_20250717-203726.fit"}""",
            """{"Event":"Stack","Timestamp":"1992.850720612","state":"cancel","lapse_ms":304161,"frame_errcode":264,"stacked_frame":1,"dropped_frame":17,"can_annotate":true,"jpg_name":"MyWorks/Mizar/Stacked_1_Mizar_10.0s_IRCUT_20250717-203726.jpg","route":["View"]}""",
            """{"Event":"Setting","Timestamp":"13722.807809292","wide_cam":false,"stack":{"brightness":0.000000,"contrast":0.000000,"saturation":0.000000,"dbe_enable":false}}""",
        ]),
        ["the end of scenery"] = (S30, Doing.Scenery, "\"method\":\"iscope_stop_view\"", 2,
        [
            """{"Event":"View","Timestamp":"1360.961813199","state":"cancel","lapse_ms":219737,"mode":"scenery","cam_id":0,"exp_ms":500.000000,"port":4700,"manual_exp":false,"timelapse":{"enable":false,"delay_sec":1.000000,"src_dura_min":-1},"route":[]}""",
            """{"Event":"View","Timestamp":"1360.972960942","state":"cancel","lapse_ms":219737,"mode":"none","cam_id":0,"manual_exp":false,"timelapse":{"enable":false,"delay_sec":1.000000,"src_dura_min":-1},"route":[]}""",
        ]),
        ["folding the arm"] = (S50, Doing.Nothing, "\"method\":\"scope_park\",\"params\":{\"equ_mode\":true}", 25,
        [
            """{"Event":"ScopeHome","Timestamp":"900.000000000","state":"complete","lapse_ms":18672,"close":true,"equ_mode":false}""",
            """{"Event":"MountMode","Timestamp":"1902.412544972","equ_mode":false}""",
        ]),
        ["unfolding the arm"] = (S50, Doing.Nothing, "\"method\":\"scope_move_to_horizon\"", 20,
            ["""{"Event":"ScopeMoveToHorizon","Timestamp":"950.000000000","state":"complete","lapse_ms":16826,"close":false}"""]),
        ["a nudge"] = (S50, Doing.Nothing, "\"method\":\"scope_speed_move\",\"params\":{\"speed\":4000,\"angle\":10.5,\"dur_sec\":1}", 2,
            ["""{"Event":"MoveByAngle","Timestamp":"1000.000000000","state":"moving","value":10.043414}"""]),
        ["a solve that was asked for"] = (S50, Doing.LiveView, "\"method\":\"start_solve\"", 5,
        [
            """{"Event":"PlateSolve","Timestamp":"1000.000000000","state":"working","lapse_ms":0,"route":[]}""",
            """{"Event":"PlateSolve","Timestamp":"1000.000000000","page":"preview","state":"solving","star_number":1473}""",
        ]),
        ["a solve that fails"] = (S50 with { SolvesFail = true }, Doing.LiveView, "\"method\":\"start_solve\"", 5,
        [
            """{"Event":"PlateSolve","Timestamp":"21778.539366227","state":"fail","error":"solve failed","code":251,"lapse_ms":30985,"route":[]}""",
            """{"Event":"PlateSolve","Timestamp":"295.158319367","page":"preview","error":"solve failed","code":251,"state":"fail","result":{"star_number":24,"duration_ms":7133}}""",
        ]),
        ["dark frames that were asked for"] = (S50, Doing.Nothing, "\"method\":\"start_create_dark\"", 62,
            ["""{"Event":"DarkLibrary","Timestamp":"1664.217128585","state":"complete","lapse_ms":59240,"percent":100.000000,"route":[]}"""]),
        ["a single exposure"] = (S50, Doing.Nothing, "\"method\":\"start_exposure\",\"params\":[\"light\",false]", 13,
        [
            """{"Event":"Exposure","Timestamp":"5153.682281572","page":"preview","state":"start","exp_us":10000000,"gain":200}""",
            """{"Event":"Exposure","Timestamp":"5165.155251245","page":"preview","state":"complete"}""",
        ]),
        ["choosing a camera"] = (Scene.Options("S30Pro 9.31"), Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"selected_cam\":\"SecondView\"}", 1,
            ["""{"Event":"SelectCamera","Timestamp":"1.000000000","selected_cam":"SecondView"}"""]),
    };

    public static TheoryData<string> Names => [.. Procedures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_procedure_tells_the_captured_lines(string name)
    {
        var (options, doing, request, seconds, lines) = Procedures[name];
        await using var scene = await Scene.StartAsync(options, doing);

        var told = (await scene.ListenAsync(request, seconds)).Select(Signature).ToHashSet();

        Assert.All(lines, line => Assert.Contains(Signature(line), told));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_event_has_a_stamp_with_nine_decimals_that_never_goes_back(string name)
    {
        var (options, doing, request, seconds, _) = Procedures[name];
        await using var scene = await Scene.StartAsync(options, doing);

        var lines = await scene.ListenAsync(request, seconds);

        Assert.All(lines, line => Assert.Matches(@"^\{""Event"":""\w+"",""Timestamp"":""\d+\.\d{9}"",", line));
        var stamps = lines.Select(line => double.Parse(JsonDocument.Parse(line).RootElement.GetProperty("Timestamp").GetString()!)).ToList();
        Assert.Equal(stamps.Order(), stamps);
    }

    /// <summary>The event's name, its state and the shape of the line.</summary>
    private static string Signature(string line)
    {
        using var json = JsonDocument.Parse(line);
        var state = json.RootElement.TryGetProperty("state", out var text) ? text.GetString() : "";
        var route = json.RootElement.TryGetProperty("route", out var parents) ? parents.GetRawText() : "";
        return $"{json.RootElement.GetProperty("Event").GetString()} {state} {route} {Shape.Of(json.RootElement)}";
    }
}
