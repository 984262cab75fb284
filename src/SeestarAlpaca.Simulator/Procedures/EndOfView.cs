using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>What a telescope tells after the last view has been cancelled: the settings of a star view, then that there is no view.</summary>
internal static class EndOfView
{
    /// <summary>Tells it.</summary>
    public static void Tell(Telescope telescope, Activity view)
    {
        if (view.Fields.Get("mode", "") == "star")
        {
            var stack = telescope.Settings.Child("stack");
            telescope.Events.Emit("Setting", new WireObject
            {
                ["wide_cam"] = telescope.Settings.Get("wide_cam", false),
                ["stack"] = new WireObject().With(stack.Where(member => member.Key is "brightness" or "contrast" or "saturation" or "dbe_enable")),
            });
        }

        view.Fields["mode"] = "none";
        telescope.Events.Emit("View", new WireObject
        {
            ["state"] = "cancel",
            ["lapse_ms"] = view.LapseMilliseconds,
            ["mode"] = "none",
            ["cam_id"] = 0,
            ["manual_exp"] = false,
            ["timelapse"] = VideoStage.Timelapse(),
            ["route"] = Array.Empty<string>(),
        });
    }
}
