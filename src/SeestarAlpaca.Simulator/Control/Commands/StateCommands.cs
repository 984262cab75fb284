using System.Text.Json;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>What the telescope is and does (<c>seestar-protocol.md</c> §4.1, §4.3).</summary>
internal static class StateCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_device_state"] = Handle.Tell(call => call.Telescope.Device.ToWire(Keys(call))),
        ["get_view_state"] = Handle.Tell(call => ViewState(call, [])),
        ["iscope_get_app_state"] = Handle.Tell(call => AppState(call, new WireObject { ["selected_cam"] = call.Telescope.Device.SelectedCamera })),
    };

    /// <summary>The keys asked for; null without any.</summary>
    private static HashSet<string>? Keys(Call call) =>
        call.Members().TryGetValue("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.String).Select(key => key.GetString()!)]
            : null;

    /// <summary>The view, and where there is a wide camera its own, which shows video with the other one and sleeps otherwise.</summary>
    private static WireObject AppState(Call call, WireObject state)
    {
        ViewState(call, state);
        if (call.Telescope.View.View is { } view && call.Telescope.Facts.WideSize is not null)
        {
            var second = new WireObject { ["state"] = view.State, ["lapse_ms"] = view.LapseMilliseconds, ["mode"] = view.Fields["mode"], ["cam_id"] = 1 };
            var showsVideo = call.Telescope.View.Stage is VideoStage && view.Fields.Get("mode", "") == "scenery";
            state["SecondView"] = showsVideo
                ? second.With(new WireObject { ["RTSP"] = new WireObject { ["state"] = "working", ["port"] = 4555 }, ["stage"] = "RTSP" })
                : second.With(new WireObject { ["stage"] = "Sleep" });
        }

        return state;
    }

    private static WireObject ViewState(Call call, WireObject state)
    {
        if (call.Telescope.View.View is { } view)
        {
            state["View"] = view.ToWire();
        }

        return state;
    }
}
