using System.Text.Json;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>What the telescope is and does (<c>seestar-protocol.md</c> §4.1, §4.3).</summary>
internal static class StateCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_device_state"] = call => Task.FromResult(new Answer(call.Telescope.Device.ToWire(Keys(call)))),
        ["get_view_state"] = call => Task.FromResult(new Answer(ViewState(call, []))),
        ["iscope_get_app_state"] = call => Task.FromResult(new Answer(ViewState(call, new WireObject { ["selected_cam"] = "View" }))),
    };

    /// <summary>The keys asked for; null without any.</summary>
    private static HashSet<string>? Keys(Call call) =>
        call.Members().TryGetValue("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.String).Select(key => key.GetString()!)]
            : null;

    private static WireObject ViewState(Call call, WireObject state)
    {
        if (call.Telescope.View.View is { } view)
        {
            state["View"] = view.ToWire();
        }

        return state;
    }
}
