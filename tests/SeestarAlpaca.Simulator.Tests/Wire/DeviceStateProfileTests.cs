using System.Text.Json;

namespace SeestarAlpaca.Simulator.Tests.Wire;

/// <summary>
/// <c>get_device_state</c> of every profile: the captured S50 6.70 to the letter, and how the others differ from it
/// (<c>seestar-protocol.md</c> §4.1).
/// </summary>
public sealed class DeviceStateProfileTests
{
    private const string Absent = "";

    private static readonly Dictionary<string, (string Path, string Value)[]> Differences = new()
    {
        ["S50 4.27"] =
        [
            ("device.firmware_ver_int", "2427"), ("device.firmware_ver_string", "\"4.27\""), ("device.svr_ver_string", "\"1.0\""), ("device.svr_ver_int", "29"),
            ("device.can_star_mode_sel_cam", Absent), ("device.can_wide_cam_roi", Absent), ("device.can_wide_cam_af", Absent),
            ("setting.wide_4k", Absent), ("setting.expert_mode", Absent), ("setting.usb_en_eth", Absent), ("setting.dark_mode", Absent),
            ("setting.stack", """{"dbe":false,"star_correction":true,"cont_capt":false}"""), ("setting.stack_dither.pix", "50"),
        ],
        ["S30 7.06"] =
        [
            ("device.product_model", "\"Seestar S30\""), ("device.user_product_model", "\"Seestar S30\""), ("device.focal_len", "150.000000"),
            ("device.firmware_ver_int", "2706"), ("device.firmware_ver_string", "\"7.06\""), ("ap.ssid", "\"S30_00000000\""),
            ("setting.effect_offset_deg", "0.000000"), ("setting.offset_deg_3ppa", "0.000000"), ("setting.stack.goto", "false"),
            ("setting.second_camera.exp_ms", """{"stack_l":10000,"continuous":1000}"""), ("setting.second_camera.stack_dither.pix", "200"),
            ("setting.second_camera.focal_pos", "-1"),
            ("second_camera", """{"chip_size":[1920,1080],"pixel_size_um":2.700000,"debayer_pattern":"RG","hpc_num":0}"""),
        ],
        ["S30Pro 8.46"] =
        [
            ("device.product_model", "\"Seestar S30 Pro\""), ("device.ios_ver", "\"SEESTAR_v1.08_rv1126b 20260316\""), ("device.focal_len", "160.000000"),
            ("device.fnumber", "5.000000"), ("device.can_star_mode_sel_cam", "true"), ("device.firmware_ver_int", "2846"),
            ("camera.chip_size", "[2160,3840]"), ("camera.pixel_size_um", "2.900000"), ("camera.debayer_pattern", "\"GR\""),
            ("second_camera.chip_size", "[2160,3840]"), ("second_camera.pixel_size_um", "1.600000"), ("second_camera.debayer_pattern", "\"GR\""),
            ("focuser.max_step", "2600"), ("focuser.step", "1242"), ("second_focuser.max_step", "1023"), ("second_focuser.step", "340"),
            ("setting.preview", Absent), ("second_camera.gain", Absent),
        ],
        ["S30Pro 9.31"] =
        [
            ("device.product_model", "\"Seestar S30 Pro\""), ("device.firmware_ver_int", "2931"),
            ("second_camera.focal_len", "6.000000"), ("second_camera.fnumber", "5.000000"), ("second_camera.gain", "200"),
            ("setting.wide_4k", "true"), ("setting.preview.image_transfer_mode", "\"Raw\""),
            ("setting.second_camera.preview", """{"image_transfer_mode":"Raw","rtsp_width":1080,"rtsp_height":1920}"""),
            ("setting.second_camera.isp_range_gain", "[0,600]"), ("setting.second_camera.isp_range_exp_us_scenery", "[30,1000000]"),
        ],
    };

    /// <summary>What a running telescope knows better than the sample: arm and mount mode are those of the simulation's start.</summary>
    private const string Mount = "\"mount\":{\"move_type\":\"none\",\"close\":true,\"tracking\":false,\"equ_mode\":true}";

    public static TheoryData<string> Profiles => [.. Differences.Keys];

    [Fact]
    public async Task An_s50_with_6_70_tells_the_captured_state_to_the_letter()
    {
        var captured = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Wire", "device-state-S50-6.70.json"), TestContext.Current.CancellationToken);

        var state = await StateAsync("S50 6.70");

        Assert.Equal(
            captured.TrimEnd().Replace("192.168.1.246", "127.0.0.1", StringComparison.Ordinal)
                .Replace(Mount, "\"mount\":{\"move_type\":\"none\",\"close\":false,\"tracking\":false,\"equ_mode\":false}", StringComparison.Ordinal),
            state.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Another_profile_differs_where_it_was_captured_to(string profile)
    {
        var state = await StateAsync(profile);

        Assert.All(Differences[profile], difference => Assert.Equal((difference.Path, difference.Value), (difference.Path, Text(state, difference.Path))));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task What_profiles_have_in_common_has_the_same_order(string profile)
    {
        var (one, other) = (await StateAsync("S50 6.70"), await StateAsync(profile));

        foreach (var path in new[] { "", "device", "setting", "setting.stack", "camera", "pi_status", "station", "storage" })
        {
            string[] keys = [.. Keys(one, path)], others = [.. Keys(other, path)];
            Assert.Equal(keys.Intersect(others), others.Intersect(keys));
        }
    }

    private static async Task<JsonElement> StateAsync(string profile)
    {
        await using var scene = await Scene.StartAsync(profile, Doing.Nothing);
        return JsonDocument.Parse(await scene.AskAsync("\"method\":\"get_device_state\"")).RootElement.GetProperty("result");
    }

    private static JsonElement? At(JsonElement state, string path)
    {
        JsonElement? found = state;
        foreach (var key in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            found = found is { ValueKind: JsonValueKind.Object } inner && inner.TryGetProperty(key, out var value) ? value : null;
        }

        return found;
    }

    private static string Text(JsonElement state, string path) => At(state, path)?.GetRawText() ?? Absent;

    private static IEnumerable<string> Keys(JsonElement state, string path) => At(state, path)!.Value.EnumerateObject().Select(member => member.Name);
}
