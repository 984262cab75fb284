using System.Text.Json;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Control;

public sealed class DeviceStateTests
{
    [Fact]
    public async Task Exactly_the_keys_asked_for_come_back()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var state = await client.ResultAsync("{\"id\":1,\"verify\":true,\"method\":\"get_device_state\",\"params\":{\"keys\":[\"mount\",\"device\",\"nothing\"]}}");

        Assert.Equal(["device", "mount"], state.EnumerateObject().Select(member => member.Name));
        Assert.Equal(simulator.Serial, state.GetProperty("device").GetProperty("sn").GetString());
        Assert.Equal("{\"move_type\":\"none\",\"close\":false,\"tracking\":false,\"equ_mode\":false}", state.GetProperty("mount").GetRawText());
    }

    [Fact]
    public async Task The_whole_state_of_an_s50_is_the_captured_one()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Serial = "00000000" });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var line = await client.AskAsync("{\"id\":1,\"verify\":true,\"method\":\"get_device_state\"}");

        Assert.Contains("\"result\":{\"device\":{\"name\":\"ASI AIR imager\",\"firmware_ver_int\":2670,\"firmware_ver_string\":\"6.70\",\"is_verified\":true,\"sn\":\"00000000\",", line);
        Assert.Contains("\"focal_len\":250.000000,\"fnumber\":5.000000,\"can_star_mode_sel_cam\":false", line);
        Assert.Contains("\"camera\":{\"chip_size\":[1080,1920],\"pixel_size_um\":2.900000,\"debayer_pattern\":\"GR\",\"hpc_num\":7379},\"focuser\"", line);
        Assert.Contains("\"compass_sensor\":{\"code\":0,\"data\":{\"x\":-37.350002,\"y\":10.500000,\"z\":66.450005,\"direction\":25.114475,\"cali\":0}}", line);
    }

    [Theory]
    [InlineData(SeestarModel.S50, "4.27", "Seestar S50", false, 0)]
    [InlineData(SeestarModel.S50, "6.70", "Seestar S50", true, 0)]
    [InlineData(SeestarModel.S30, "7.06", "Seestar S30", true, 1920)]
    [InlineData(SeestarModel.S30Pro, "8.46", "Seestar S30 Pro", true, 2160)]
    [InlineData(SeestarModel.S30Pro, "9.31", "Seestar S30 Pro", true, 2160)]
    public async Task Each_model_and_firmware_has_its_own_sample(SeestarModel model, string firmware, string name, bool hasExpertMode, int wideWidth)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Model = model, Firmware = firmware });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var state = await ReadStateAsync(simulator, client);

        Assert.Equal(name, state.GetProperty("device").GetProperty("product_model").GetString());
        Assert.Equal(firmware, state.GetProperty("device").GetProperty("firmware_ver_string").GetString());
        Assert.Equal(firmware == "4.27", state.GetProperty("device").TryGetProperty("svr_ver_int", out _));
        Assert.Equal(hasExpertMode, state.GetProperty("setting").TryGetProperty("expert_mode", out _));
        Assert.Equal(wideWidth, state.TryGetProperty("second_camera", out var wide) ? wide.GetProperty("chip_size")[0].GetInt32() : 0);
        Assert.Equal(firmware == "9.31", state.GetProperty("setting").TryGetProperty("preview", out _));
        Assert.Equal(wideWidth > 0, simulator.WideEndPoint is not null);
    }

    [Fact]
    public async Task Settings_are_applied_even_where_an_unknown_key_is_refused()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync("{\"id\":1,\"method\":\"set_setting\",\"params\":{\"exp_ms\":{\"stack_l\":20000},\"auto_af\":true,\"verify\":true}}");
        var setting = await client.ResultAsync("{\"id\":2,\"verify\":true,\"method\":\"get_setting\"}");

        Assert.Contains("\"code\":109", reply);
        Assert.Equal(20000, setting.GetProperty("exp_ms").GetProperty("stack_l").GetInt32());
        Assert.Equal(500, setting.GetProperty("exp_ms").GetProperty("continuous").GetInt32());
        Assert.True(setting.GetProperty("auto_af").GetBoolean());
    }

    [Theory]
    [InlineData("{\"master_cli\":true}", 210)]
    [InlineData("{\"cli_name\":\"x\"}", 109)]
    [InlineData("{\"exp_ms\":{\"stack_l\":1234}}", 204)]
    [InlineData("{\"auto_af\":\"yes\"}", 209)]
    [InlineData("{\"exp_ms\":{\"stack_l\":2000}}", 0)]
    public async Task A_setting_is_judged_as_on_a_telescope(string parameters, int code)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync("{\"id\":1,\"verify\":true,\"method\":\"set_setting\",\"params\":" + parameters + "}");

        Assert.Contains($"\"code\":{code},", reply);
    }

    [Fact]
    public async Task The_filter_setting_turns_the_wheel()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small, clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        await client.AskAsync("{\"id\":1,\"verify\":true,\"method\":\"set_setting\",\"params\":{\"stack_lenhance\":true}}");
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await client.EventsUntilAsync("\"WheelMove\"", "\"complete\""))[^1]["position"].GetInt32());
        Assert.Equal(2, (await client.ResultAsync("{\"id\":2,\"verify\":true,\"method\":\"get_wheel_position\"}")).GetInt32());
    }

    [Fact]
    public async Task The_view_state_is_empty_at_first_and_captured_in_shape_while_stacking()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Model = SeestarModel.S30 }, clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        Assert.Equal("{}", (await client.ResultAsync("{\"id\":1,\"verify\":true,\"method\":\"get_view_state\"}")).GetRawText());
        simulator.StartView(Start.M81);
        clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        simulator.StartStack();
        clock.AdvanceUntil(() => simulator.Stage == "Stack" && simulator.StackedFrame == 1);
        clock.Advance(TimeSpan.FromSeconds(5));

        var state = (await client.ResultAsync("{\"id\":1,\"verify\":true,\"method\":\"get_view_state\"}")).GetRawText();

        Assert.Matches(
            @"^\{""View"":\{""state"":""working"",""lapse_ms"":\d+,""mode"":""star"",""cam_id"":0,""target_ra_dec"":\[9\.925881,69\.065292\],""target_name"":""M 81"",""lp_filter"":false,""gain"":200,"
            + @"""Stack"":\{""state"":""working"",""lapse_ms"":\d+,""frame_errcode"":0,""stacked_frame"":1,""dropped_frame"":0,""can_annotate"":true,"
            + @"""Exposure"":\{""state"":""working"",""lapse_ms"":\d+,""exp_ms"":10000\.000000,""port"":4700\},""stage"":""Exposure"","
            + @"""Annotate"":\{""state"":""complete"",""lapse_ms"":34\d\d,""result"":\{""image_size"":\[64,96\],""annotations"":\[.*\],""image_id"":\d+\}\}\},""stage"":""Stack""\}\}$",
            state);
    }

    [Fact]
    public async Task Starting_a_stack_twice_is_refused_with_259_and_without_a_view_with_204()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small, clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        const string Request = "{\"id\":1,\"verify\":true,\"method\":\"iscope_start_stack\",\"params\":{\"restart\":true}}";
        Assert.Contains("\"error\":\"out of limit\",\"code\":204", await client.AskAsync(Request));
        simulator.Stack(clock, 0);

        Assert.Contains("\"error\":\"stack is already running\",\"code\":259", await client.AskAsync(Request));
    }

    [Fact]
    public async Task Right_ascension_in_degrees_is_accepted_and_nothing_moves()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { EventBeforeReply = false }, clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync("{\"id\":1,\"verify\":true,\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\",\"target_ra_dec\":[202.5,47],\"target_name\":\"M 51\"}}");
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Contains("\"result\":0,\"code\":0", reply);
        Assert.Null(simulator.Stage);
    }

    [Theory]
    [InlineData("get_camera_info", "{\"chip_size\":[1080,1920],\"bins\":[1,2],\"pixel_size_um\":2.900000,\"unity_gain\":0,\"has_cooler\":false,\"is_color\":true,\"is_usb3_host\":false,\"has_hpc\":false,\"debayer_pattern\":\"GR\"}")]
    [InlineData("get_camera_state", "{\"state\":\"idle\",\"name\":\"Seestar S50\",\"path\":\"on-board-Seestar S50\"}")]
    [InlineData("get_stack_info", "{\"width\":0,\"height\":0}")]
    [InlineData("get_disk_volume", "{\"totalMB\":51854,\"freeMB\":43862}")]
    [InlineData("get_wheel_position", "1")]
    [InlineData("scope_get_equ_coord", "{\"ra\":13.508889,\"dec\":47.068611}")]
    public async Task Simple_questions_are_answered_in_the_captured_shape(string method, string result)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var answer = await client.ResultAsync($"{{\"id\":1,\"method\":\"{method}\",\"params\":[\"verify\"]}}");

        Assert.Equal(result, answer.GetRawText());
    }

    [Fact]
    public async Task Gain_is_set_within_its_range()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        Assert.Contains("\"code\":0", await client.AskAsync("{\"id\":1,\"method\":\"set_control_value\",\"params\":[\"gain\",120,\"verify\"]}"));
        Assert.Contains("\"code\":204", await client.AskAsync("{\"id\":2,\"method\":\"set_control_value\",\"params\":[\"gain\",900,\"verify\"]}"));
        Assert.Equal("{\"name\":\"Gain\",\"value\":120}", (await client.ResultAsync("{\"id\":3,\"verify\":true,\"method\":\"get_control_value\",\"params\":[\"Gain\"]}")).GetRawText());
    }

    private static async Task<JsonElement> ReadStateAsync(SeestarSimulator simulator, ControlClient client)
    {
        var challenge = await client.AskAsync("{\"id\":1,\"method\":\"get_verify_str\"}");
        if (!challenge.Contains("\"code\":103", StringComparison.Ordinal))
        {
            var text = JsonDocument.Parse(challenge).RootElement.GetProperty("result").GetProperty("str").GetString()!;
            Assert.Contains("\"code\":0", await client.AskAsync(AuthenticationTests.VerifyRequest(simulator.PrivateKeyPem, text)));
        }

        return await client.ResultAsync("{\"id\":3,\"verify\":true,\"method\":\"get_device_state\"}");
    }
}
