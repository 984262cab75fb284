using SeestarAlpaca.Simulator.Control;
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
    public static void Switch(Telescope telescope, bool on, bool manual) => Tell(telescope, on, manual, []);

    /// <summary>Tracking ends by itself.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="code">Why.</param>
    public static void Lose(Telescope telescope, int code) =>
        Tell(telescope, on: false, manual: false, new WireObject { ["error"] = ErrorCodes.Text(code), ["code"] = code });

    private static void Tell(Telescope telescope, bool on, bool manual, WireObject reason)
    {
        telescope.Mount.Tracking = on;
        telescope.Events.Emit("ScopeTrack", new WireObject { ["state"] = on ? "on" : "off", ["tracking"] = on, ["manual"] = manual }
            .With(reason).With(new WireObject { ["route"] = Array.Empty<string>() }));
    }
}
