using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Switches tracking and tells it.</summary>
internal static class Tracking
{
    /// <summary>Switches tracking on or off.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="on">Whether the telescope follows the sky from now on.</param>
    /// <param name="manual">Whether a user asked for it.</param>
    public static void Switch(Telescope telescope, bool on, bool manual)
    {
        telescope.Mount.Tracking = on;
        telescope.Events.Emit("ScopeTrack", new WireObject
        {
            ["state"] = on ? "on" : "off",
            ["tracking"] = on,
            ["manual"] = manual,
            ["route"] = Array.Empty<string>(),
        });
    }
}
