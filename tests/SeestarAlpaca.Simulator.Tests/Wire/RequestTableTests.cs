using System.Text.Json;

namespace SeestarAlpaca.Simulator.Tests.Wire;

/// <summary>
/// Every request of <c>seestar-protocol.md</c> §3 and §4, in every profile: the reply has the keys, their order, the types and the formats of
/// the samples there. Samples that were re-serialised by tools have their six decimals back (§3.1).
/// </summary>
public sealed class RequestTableTests
{
    private const string Solve =
        """{"ra_dec":[8.690789,19.502222],"fov":[1.197180,2.128230],"focal_len":149.900574,"angle":42.600006,"image_id":525,"star_number":1473,"duration_ms":3287}""";

    private const string Annotation =
        """{"image_size":[1080,1920],"annotations":[{"type":"ngc","names":["M 44"],"pixelx":427.5,"pixely":972.5,"radius":8}],"image_id":525}""";

    /// <summary>Members of a request, what the telescope is doing, and a sample of the result.</summary>
    private static readonly (Doing Doing, string Request, string Result)[] Results =
    [
        (Doing.Nothing, "\"method\":\"test_connection\"", "\"server connected!\""),
        (Doing.Nothing, "\"method\":\"pi_is_verified\"", "true"),
        (Doing.Nothing, "\"method\":\"get_view_state\"", "{}"),
        (Doing.LiveView, "\"method\":\"get_view_state\"",
            """{"View":{"state":"working","lapse_ms":1,"mode":"star","cam_id":0,"lp_filter":false,"gain":80,"ContinuousExposure":{"state":"working","lapse_ms":116133,"fps":2.024705},"stage":"ContinuousExposure"}}"""),
        (Doing.Sun, "\"method\":\"get_view_state\"",
            """{"View":{"state":"working","lapse_ms":1,"mode":"solar_sys","target_type":"sun","cam_id":0,"lp_filter":false,"planet_correction":true,"scan_planet_tip":false,"manual_exp":false,"RTSP":{"state":"working","lapse_ms":9738925,"roi_index":0,"port":4554},"stage":"RTSP"}}"""),
        (Doing.Nothing, "\"method\":\"get_device_state\",\"params\":{\"keys\":[\"mount\",\"pi_status\"]}",
            """{"mount":{"move_type":"none","close":true,"tracking":false,"equ_mode":true},"pi_status":{"is_overtemp":false,"temp":61.500000,"charger_status":"Charging","battery_capacity":69,"charge_online":true,"is_typec_connected":false,"battery_overtemp":false,"battery_temp":32,"battery_temp_type":"normal"}}"""),

        (Doing.Nothing, "\"method\":\"get_camera_info\"",
            """{"chip_size":[1080,1920],"bins":[1,2],"pixel_size_um":2.900000,"unity_gain":0,"has_cooler":false,"is_color":true,"is_usb3_host":false,"has_hpc":false,"debayer_pattern":"GR"}"""),
        (Doing.Nothing, "\"method\":\"get_camera_state\"", """{"state":"idle","name":"Seestar S50","path":"on-board-Seestar S50"}"""),
        (Doing.Nothing, "\"method\":\"get_camera_exp_and_bin\"", """{"exposure":10000000,"bin":1}"""),
        (Doing.Nothing, "\"method\":\"get_controls\"",
            $"[{string.Join(',', Enumerable.Repeat("""{"name":"Gain","min":0,"max":400,"read_only":false}""", 5))}]"),
        (Doing.Nothing, "\"method\":\"get_control_value\",\"params\":[\"Gain\"]", """{"name":"Gain","value":80}"""),
        (Doing.Nothing, "\"method\":\"get_control_value\",\"params\":[\"Exposure\"]", """{"name":"Exposure","value":10000000}"""),
        (Doing.Nothing, "\"method\":\"get_control_value\",\"params\":{\"name\":\"temperature\"}", """{"name":"temperature","value":28.500000}"""),
        (Doing.Nothing, "\"method\":\"set_control_value\",\"params\":[\"gain\",80]", "0"),
        (Doing.Nothing, "\"method\":\"set_control_value\",\"params\":[\"Exposure\",10000000]", "0"),
        (Doing.Nothing, "\"method\":\"set_camera_bin\",\"params\":[1]", "0"),
        (Doing.Nothing, "\"method\":\"get_img_name_field\"", """{"bin":true,"date_time":true,"temp":true,"gain":true,"camera_name":true}"""),
        (Doing.Nothing, "\"method\":\"set_page\",\"params\":[\"preview\"]", "0"),
        (Doing.Nothing, "\"method\":\"start_exposure\",\"params\":[\"light\",false]", "0"),
        (Doing.Nothing, "\"method\":\"stop_exposure\"", "0"),
        (Doing.Nothing, "\"method\":\"start_continuous_expose\"", "0"),

        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\"}", "0"),
        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\",\"target_ra_dec\":[8.69,19.5],\"target_name\":\"M44\",\"lp_filter\":false}", "0"),
        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\",\"target_ra_dec\":[202.5,47.2],\"target_name\":\"M 51\",\"lp_filter\":false}", "0"),
        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\",\"cam_id\":1}", "0"),
        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"scenery\",\"cam_id\":1,\"target_ra_dec\":[null,null]}", "0"),
        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"solar_sys\",\"target_type\":\"moon\",\"target_name\":\"Moon\"}", "0"),
        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"sun\"}", "0"),
        (Doing.LiveView, "\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true}", "0"),
        (Doing.LiveView, "\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true,\"verify\":true}", "0"),
        (Doing.Stacking, "\"method\":\"iscope_stop_view\",\"params\":{\"stage\":\"Stack\"}", "0"),
        (Doing.Stacking, "\"method\":\"iscope_stop_view\"", "0"),
        (Doing.LiveView, "\"method\":\"iscope_cancel_view\"", "0"),
        (Doing.Nothing, "\"method\":\"set_stack_type\",\"params\":{\"type\":\"DeepSky\"}", "0"),
        (Doing.Nothing, "\"method\":\"stop_func\",\"params\":{\"name\":\"ViewPlan\"}", "0"),

        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"exp_ms\":{\"stack_l\":20000}}", "0"),
        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"stack_lenhance\":true}", "0"),
        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"stack_dither\":{\"pix\":50,\"interval\":5,\"enable\":true}}", "0"),
        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"frame_calib\":true,\"auto_af\":false,\"stack_after_goto\":true,\"guest_mode\":false}", "0"),
        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"manual_exp\":true,\"isp_exp_ms\":20,\"isp_gain\":100,\"ae_bri_percent\":50}", "0"),
        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"rtsp_roi_index\":1,\"center_xy\":[540,960],\"focal_pos\":1500}", "0"),
        (Doing.Nothing, "\"method\":\"get_stack_setting\"", """{"save_discrete_frame":false,"save_discrete_ok_frame":true,"light_duration_min":-1}"""),
        (Doing.Nothing, "\"method\":\"set_stack_setting\",\"params\":{\"save_discrete_ok_frame\":true}", "0"),
        (Doing.Nothing, "\"method\":\"get_stack_info\"", """{"width":0,"height":0}"""),
        (Doing.Stacking, "\"method\":\"get_stack_info\"", """{"width":1080,"height":1920}"""),
        (Doing.Stacking, "\"method\":\"is_stacked\"", "true"),
        (Doing.Stacking, "\"method\":\"save_stack\"", "0"),
        (Doing.Saved, "\"method\":\"clear_stack\"", "0"),

        (Doing.Nothing, "\"method\":\"get_wheel_position\"", "1"),
        (Doing.Nothing, "\"method\":\"set_wheel_position\",\"params\":[2]", "0"),
        (Doing.Nothing, "\"method\":\"get_wheel_setting\"", """{"names":["dark","IRCUT","LP"],"exp_sec":[2.000000,2.000000,2.000000]}"""),
        (Doing.Nothing, "\"method\":\"get_wheel_state\"", """{"id":0,"state":"idle","unidirection":false}"""),
        (Doing.Nothing, "\"method\":\"get_wheel_slot_name\"", """["dark","IRCUT","LP"]"""),

        (Doing.Nothing, "\"method\":\"get_focuser_position\"", "1605"),
        (Doing.Nothing, "\"method\":\"get_focuser_position\",\"params\":{\"ret_obj\":true}", """{"step":1534}"""),
        (Doing.Nothing, "\"method\":\"move_focuser\",\"params\":{\"step\":1580,\"ret_step\":true}", """{"step":1580}"""),
        (Doing.Nothing, "\"method\":\"move_focuser\",\"params\":{\"step\":1580}", "0"),
        (Doing.Nothing, "\"method\":\"stop_focuser\"", "0"),
        (Doing.Nothing, "\"method\":\"reset_factory_focal_pos\"", "0"),
        (Doing.LiveView, "\"method\":\"start_auto_focuse\"", "0"),
        (Doing.LiveView, "\"method\":\"stop_auto_focuse\"", "0"),

        (Doing.Nothing, "\"method\":\"scope_get_equ_coord\"", """{"ra":8.690000,"dec":19.500000}"""),
        (Doing.Nothing, "\"method\":\"scope_get_ra_dec\"", "[8.690000,19.500000]"),
        (Doing.Nothing, "\"method\":\"scope_get_horiz_coord\"", "[45.000000,180.000000]"),
        (Doing.Nothing, "\"method\":\"scope_get_track_state\"", "false"),
        (Doing.Nothing, "\"method\":\"scope_set_track_state\",\"params\":[true]", "0"),
        (Doing.Nothing, "\"method\":\"scope_goto\",\"params\":[8.69,19.5]", "0"),
        (Doing.Nothing, "\"method\":\"scope_goto\",\"params\":{\"ra\":8.69,\"dec\":19.5}", "0"),
        (Doing.Nothing, "\"method\":\"scope_goto\",\"params\":[130.4,19.5]", "0"),
        (Doing.Nothing, "\"method\":\"scope_sync\",\"params\":[8.69,19.5]", "0"),
        (Doing.Nothing, "\"method\":\"scope_park\"", "0"),
        (Doing.Nothing, "\"method\":\"scope_park\",\"params\":{\"equ_mode\":true}", "0"),
        (Doing.Nothing, "\"method\":\"scope_move_to_horizon\"", "0"),
        (Doing.Nothing, "\"method\":\"scope_speed_move\",\"params\":{\"speed\":4000,\"angle\":270,\"dur_sec\":1}", "0"),
        (Doing.Nothing, "\"method\":\"scope_speed_move\",\"params\":{\"angle\":270,\"percent\":50,\"level\":1,\"dur_sec\":1}", "0"),
        (Doing.Nothing, "\"method\":\"scope_move\",\"params\":[\"none\"]", "0"),
        (Doing.Nothing, "\"method\":\"pi_set_time\",\"params\":{\"year\":2026,\"mon\":1,\"day\":2,\"hour\":3,\"min\":4,\"sec\":5,\"time_zone\":\"Europe/Berlin\"}", "0"),
        (Doing.Nothing, "\"method\":\"scope_set_time\",\"params\":{\"year\":2026,\"mon\":1,\"day\":2,\"hour\":3,\"min\":4,\"sec\":5,\"time_zone\":\"Europe/Berlin\"}", "0"),
        (Doing.Nothing, "\"method\":\"pi_set_time\",\"params\":[{\"year\":2026,\"mon\":1,\"day\":2}]", "0"),
        (Doing.Nothing, "\"method\":\"set_user_location\",\"params\":{\"lat\":48.2,\"lon\":16.4,\"force\":true}", "0"),
        (Doing.Nothing, "\"method\":\"get_user_location\"", "[16.400000,48.200000]"),

        (Doing.Nothing, "\"method\":\"pi_output_set2\",\"params\":{\"heater\":{\"state\":true,\"value\":90}}", "0"),
        (Doing.Nothing, "\"method\":\"pi_output_get2\"", """{"heater":{"state":true,"value":90}}"""),
        (Doing.Nothing, "\"method\":\"pi_get_info\"",
            """{"model":"Seestar S50","is_overtemp":false,"temp":61.500000,"charger_status":"Charging","battery_capacity":69,"charge_online":true,"is_typec_connected":false,"battery_overtemp":false,"battery_temp":32,"battery_temp_type":"normal"}"""),
        (Doing.Nothing, "\"method\":\"pi_shutdown\"", "0"),
        (Doing.Nothing, "\"method\":\"pi_reboot\"", "0"),
        (Doing.Nothing, "\"method\":\"pi_station_state\"",
            """{"server":true,"freq":5200,"ip":"192.168.1.246","ssid":"net","gateway":"192.168.1.1","netmask":"255.255.255.0","sig_lev":-57,"key_mgmt":"WPA2-PSK"}"""),
        (Doing.Nothing, "\"method\":\"get_disk_volume\"", """{"totalMB":51854,"freeMB":36549}"""),
        (Doing.Nothing, "\"method\":\"get_albums\"", """{"path":"MyWorks","list":[]}"""),
        (Doing.Saved, "\"method\":\"get_albums\"",
            """{"path":"MyWorks","list":[{"group_name":"DeepSky","files":[{"name":"M 81","thn":"M 81/Stacked_37_M 81_thn.jpg","count":1,"type":0}]}]}"""),
        (Doing.Saved, "\"method\":\"get_img_file_page_number\",\"params\":[\"M 81\"]", "1"),
        (Doing.Saved, "\"method\":\"get_img_file_page_name\",\"params\":[\"MyWorks/M 81\",0]", """[{"name":"Stacked_1_M 81.jpg","size_k":640}]"""),
        (Doing.Stacking, "\"method\":\"start_solve\"", "0"),
        (Doing.Stacking, "\"method\":\"get_solve_result\"", Solve),
        (Doing.Stacking, "\"method\":\"get_last_solve_result\"", Solve),
        (Doing.Stacking, "\"method\":\"start_annotate\"", "0"),
        (Doing.Stacking, "\"method\":\"get_annotate_result\"", Annotation),
        (Doing.Nothing, "\"method\":\"start_create_dark\"", "0"),
        (Doing.Nothing, "\"method\":\"start_create_dark\",\"params\":{\"wide_cam\":true}", "0"),
        (Doing.Nothing, "\"method\":\"play_sound\",\"params\":{\"num\":80}", "0"),
    ];

    /// <summary>Requests that are refused, and with which words and code (<c>seestar-protocol.md</c> §3.6).</summary>
    private static readonly (Doing Doing, string Request, string Error, int Code)[] Refusals =
    [
        (Doing.Nothing, "\"method\":\"no_such_thing\"", "method not found", 103),
        (Doing.Nothing, "\"method\":\"begin_streaming\"", "method not found", 103),
        (Doing.Nothing, "\"method\":\"get_event_state\"", "method not found", 103),
        (Doing.Nothing, "\"method\":\"get_annotated_result\"", "method not found", 103),
        (Doing.Nothing, "\"method\":\"get_img_file_list\"", "method not found", 103),
        (Doing.Nothing, "\"method\":\"scope_goto\",\"params\":[\"8.69\",\"19.5\"]", "expected float param", 108),
        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"heater_enable\":true}", "unexpected param", 109),
        (Doing.Nothing, "\"method\":\"set_setting\",\"params\":{\"no_such_key\":1}", "unexpected param", 109),
        (Doing.Nothing, "\"method\":\"set_control_value\",\"params\":[\"gain\",9999]", "out of limit", 204),
        (Doing.Nothing, "\"method\":\"move_focuser\",\"params\":{\"step\":99999}", "out of limit", 204),
        (Doing.Nothing, "\"method\":\"scope_goto\",\"params\":[8.69,95]", "out of limit", 204),
        (Doing.Nothing, "\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true}", "out of limit", 204),
        (Doing.Nothing, "\"method\":\"start_solve\"", "fail to operate", 207),
        (Doing.Stacking, "\"method\":\"start_create_dark\"", "fail to operate", 207),
        (Doing.Nothing, "\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"party\"}", "invalid value", 209),
        (Doing.Nothing, "\"method\":\"get_solve_result\"", "no solve data", 215),
        (Doing.Nothing, "\"method\":\"get_last_solve_result\"", "no solve data", 215),
        (Doing.Nothing, "\"method\":\"play_sound\",\"params\":{\"num\":999}", "file not exist", 255),
        (Doing.Stacking, "\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true}", "stack is already running", 259),
    ];

    public static TheoryData<string, Doing, string, string> ResultRows() => Rows(Results, row => (row.Doing, row.Request, row.Result));

    public static TheoryData<string, Doing, string, string> RefusalRows() =>
        Rows(Refusals, row => (row.Doing, row.Request, $"\"error\":\"{row.Error}\",\"code\":{row.Code},\"id\":7}}"));

    [Theory]
    [MemberData(nameof(ResultRows))]
    public async Task A_request_is_answered_in_the_shape_of_the_sample(string profile, Doing doing, string request, string sample)
    {
        await using var scene = await Scene.StartAsync(profile, doing);

        var reply = await scene.AskAsync(request);

        using var json = JsonDocument.Parse(reply);
        Assert.True(json.RootElement.TryGetProperty("result", out var result), reply);
        Assert.Equal(Shape.Of(sample), Shape.Of(result));
        Assert.Matches($@"^\{{""jsonrpc"":""2\.0"",""Timestamp"":""\d+\.\d{{9}}"",""method"":""{Method(request)}"",""result"":.*,""code"":0,""id"":7\}}$", reply);
    }

    [Theory]
    [MemberData(nameof(RefusalRows))]
    public async Task What_is_refused_is_told_with_the_words_and_the_code(string profile, Doing doing, string request, string end)
    {
        await using var scene = await Scene.StartAsync(profile, doing);

        var reply = await scene.AskAsync(request);

        Assert.EndsWith(end, reply);
        Assert.Matches($@"^\{{""jsonrpc"":""2\.0"",""Timestamp"":""\d+\.\d{{9}}"",""method"":""{Method(request)}"",""error"":", reply);
    }

    [Theory]
    [InlineData("S30 7.06", "\"params\":[{\"auto_af\":true},\"verify\"]", 107)]
    [InlineData("S30 7.06", "\"params\":[[{\"auto_af\":true}],\"verify\"]", 108)]
    [InlineData("S30Pro 9.31", "\"params\":[{\"auto_af\":true},\"verify\"]", 107)]
    [InlineData("S50 6.70", "\"params\":[{\"auto_af\":true},\"verify\"]", 0)]
    [InlineData("S50 6.70", "\"params\":{\"auto_af\":true,\"verify\":true}", 109)]
    [InlineData("S30 7.06", "\"params\":{\"auto_af\":true,\"verify\":true}", 109)]
    [InlineData("S50 6.70", "\"params\":{\"master_cli\":true}", 210)]
    [InlineData("S30 7.06", "\"params\":{\"cli_name\":\"me\"}", 109)]
    [InlineData("S50 4.27", "\"params\":{\"master_cli\":true}", 0)]
    [InlineData("S30Pro 8.46", "\"params\":{\"cli_name\":\"me\"}", 0)]
    [InlineData("S50 4.27", "\"params\":{\"stack\":{\"drizzle2x\":true}}", 109)]
    [InlineData("S50 6.70", "\"params\":{\"stack\":{\"drizzle2x\":true}}", 0)]
    [InlineData("S50 4.27", "\"params\":{\"expert_mode\":true}", 109)]
    [InlineData("S30Pro 9.31", "\"params\":{\"selected_cam\":\"SecondView\"}", 0)]
    [InlineData("S30Pro 9.31", "\"params\":{\"selected_cam\":\"SecondView\",\"wide_cam\":1}", 209)]
    [InlineData("S50 6.70", "\"params\":{\"selected_cam\":\"SecondView\"}", 109)]
    public async Task Settings_depend_on_the_firmware(string profile, string parameters, int code)
    {
        await using var scene = await Scene.StartAsync(profile, Doing.Nothing);

        var reply = await scene.AskAsync("\"method\":\"set_setting\"," + parameters);

        Assert.EndsWith($"\"code\":{code},\"id\":7}}", reply);
    }

    [Theory]
    [InlineData("S50 6.70")]
    [InlineData("S50 4.27")]
    public async Task The_view_state_of_a_stack_before_7_06_has_no_port(string profile)
    {
        await using var scene = await Scene.StartAsync(profile, Doing.Stacking);

        using var json = JsonDocument.Parse(await scene.AskAsync("\"method\":\"get_view_state\""));

        Assert.Equal(Shape.Of(StackState("")), Shape.Of(json.RootElement.GetProperty("result")));
    }

    [Theory]
    [InlineData("S30 7.06")]
    [InlineData("S30Pro 9.31")]
    public async Task The_view_state_of_a_stack_from_7_06_is_the_captured_one(string profile)
    {
        await using var scene = await Scene.StartAsync(profile, Doing.Stacking);

        using var json = JsonDocument.Parse(await scene.AskAsync("\"method\":\"get_view_state\""));

        Assert.Equal(Shape.Of(StackState(",\"port\":4700")), Shape.Of(json.RootElement.GetProperty("result")));
    }

    [Theory]
    [InlineData("S50 6.70", Doing.Scenery, """{"selected_cam":"View","View":{"state":"working"}}""", null)]
    [InlineData("S30Pro 9.31", Doing.Scenery, """{"selected_cam":"View"}""", """{"state":"working","lapse_ms":1,"mode":"scenery","cam_id":1,"RTSP":{"state":"working","port":4555},"stage":"RTSP"}""")]
    [InlineData("S30Pro 9.31", Doing.LiveView, """{"selected_cam":"View"}""", """{"state":"working","lapse_ms":1,"mode":"star","cam_id":1,"stage":"Sleep"}""")]
    public async Task The_app_state_has_a_view_for_each_camera(string profile, Doing doing, string begins, string? second)
    {
        await using var scene = await Scene.StartAsync(profile, doing);

        using var json = JsonDocument.Parse(await scene.AskAsync("\"method\":\"iscope_get_app_state\""));

        var result = json.RootElement.GetProperty("result");
        Assert.StartsWith(begins.TrimEnd('}'), result.GetRawText());
        Assert.Equal(second is null ? null : Shape.Of(second), result.TryGetProperty("SecondView", out var view) ? Shape.Of(view) : null);
    }

    [Fact]
    public async Task A_broken_line_is_a_parse_error_without_method_and_id()
    {
        await using var scene = await Scene.StartAsync("S50 6.70", Doing.Nothing);

        await scene.Client.SendAsync("{\"id\":1,\"method\":\r\n");

        Assert.Matches(@"^\{""jsonrpc"":""2\.0"",""Timestamp"":""\d+\.\d{9}"",""error"":""parse error"",""code"":101\}$", await scene.Client.ReplyAsync());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-7")]
    [InlineData("7.5")]
    [InlineData("90000000001")]
    [InlineData("\"seven\"")]
    public async Task An_id_comes_back_as_it_was_sent(string id)
    {
        await using var scene = await Scene.StartAsync("S50 6.70", Doing.Nothing);

        var reply = await scene.Client.AskAsync($"{{\"id\":{id},\"method\":\"test_connection\"}}");

        Assert.EndsWith($"\"code\":0,\"id\":{id}}}", reply);
    }

    private static string StackState(string port) =>
        """{"View":{"state":"working","lapse_ms":3257511,"mode":"star","cam_id":0,"target_ra_dec":[8.691287,19.514885],"target_name":"M44","lp_filter":false,"gain":200,"""
        + """ "Stack":{"state":"working","lapse_ms":3243809,"frame_errcode":0,"stacked_frame":225,"dropped_frame":16,"can_annotate":true,"""
        + $$""" "Exposure":{"state":"working","lapse_ms":6925,"exp_ms":10000.000000{{port}}},"stage":"Exposure","""
        + $$""" "Annotate":{"state":"complete","lapse_ms":3411,"result":{{Annotation}}""" + """}},"stage":"Stack"}}""";

    private static string Method(string request) => request.Split('"')[3];

    private static TheoryData<string, Doing, string, string> Rows<T>(IEnumerable<T> rows, Func<T, (Doing Doing, string Request, string Expected)> read)
    {
        var data = new TheoryData<string, Doing, string, string>();
        foreach (var profile in Scene.Profiles)
        {
            foreach (var (doing, request, expected) in rows.Select(read))
            {
                data.Add(profile, doing, request, expected);
            }
        }

        return data;
    }
}
