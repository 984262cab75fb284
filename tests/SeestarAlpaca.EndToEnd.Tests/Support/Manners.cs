using System.Text.Json;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Support;

/// <summary>
/// What the server may say to a telescope, written down a second time: every test's telescopes are asked at its end what they have heard.
/// </summary>
internal static class Manners
{
    /// <summary>Keys of the device state that hold the Wi-Fi password and the owner's position.</summary>
    private static readonly string[] Private = ["ap", "station", "location_lon_lat"];

    private static readonly string[] Watching = ["test_connection", "get_verify_str", "verify_client", "get_device_state", "get_view_state", "get_controls", "get_control_value"];

    private static readonly string[] Controlling = ["set_control_value", "set_setting", "pi_output_set2", "iscope_start_stack", "iscope_stop_view"];

    private static readonly string[] Pictures = ["test_connection", "begin_streaming", "stop_streaming", "get_current_img", "get_stacked_img"];

    /// <summary>Fails if a telescope has heard what it never should.</summary>
    /// <param name="simulator">The telescope.</param>
    /// <param name="control">Whether control was allowed to anybody.</param>
    /// <param name="others">Methods that clients other than the server have sent in this test.</param>
    public static void AssertKept(SeestarSimulator simulator, bool control, IReadOnlyCollection<string> others)
    {
        Assert.All(simulator.ImageRequests.Keys.Concat(simulator.WideRequests.Keys), method => Assert.Contains(method, Pictures));
        foreach (var request in simulator.ControlRequests.Keys)
        {
            var (method, parameters) = request.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? (request[..blank], request[(blank + 1)..]) : (request, "null");
            if (!others.Contains(method))
            {
                Assert.True(Watching.Contains(method) || (control && Controlling.Contains(method)), $"The telescope was sent {request}.");
                Assert.True(IsHarmless(method, JsonDocument.Parse(parameters).RootElement), $"The telescope was sent {request}.");
            }
        }
    }

    private static bool IsHarmless(string method, JsonElement parameters) => method switch
    {
        "get_device_state" => parameters.GetProperty("keys").EnumerateArray().Select(key => key.GetString()).Except(Private).Count() == parameters.GetProperty("keys").GetArrayLength(),
        "set_control_value" => parameters[0].GetString() == "gain" && parameters.GetArrayLength() == 2,
        "set_setting" => parameters.EnumerateObject().All(setting => setting.Name == "stack_lenhance" || (setting.Name == "exp_ms" && setting.Value.EnumerateObject().All(each => each.Name == "stack_l"))),
        "pi_output_set2" => parameters.EnumerateObject().All(output => output.Name == "heater"),
        "iscope_start_stack" => parameters.EnumerateObject().Single().Name == "restart",
        "iscope_stop_view" => parameters.GetProperty("stage").GetString() == "Stack",
        _ => true,
    };
}
