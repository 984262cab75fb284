using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Folds and unfolds the arm (<c>seestar-protocol.md</c> §4.8).</summary>
internal static class Arm
{
    private const double CloseSeconds = 18.672;
    private const double OpenSeconds = 16.826;

    /// <summary>Ends the view and folds the arm.</summary>
    public static Task CloseAsync(Telescope telescope) => telescope.View.WithoutViewAsync(cancellationToken =>
        MoveAsync(telescope, "ScopeHome", CloseSeconds, close: true, cancellationToken));

    /// <summary>Unfolds the arm.</summary>
    public static Task OpenAsync(Telescope telescope) => telescope.View.WithoutViewAsync(cancellationToken =>
        MoveAsync(telescope, "ScopeMoveToHorizon", OpenSeconds, close: false, cancellationToken));

    private static async Task MoveAsync(Telescope telescope, string name, double seconds, bool close, CancellationToken cancellationToken)
    {
        var mount = telescope.Mount;
        Tell(telescope, name, "working", 0, mount.ArmClosed, close);
        mount.Moving = true;
        try
        {
            await telescope.DelayAsync(seconds, cancellationToken);
        }
        finally
        {
            mount.Moving = false;
        }

        (mount.ArmClosed, mount.Tracking) = (close, false);
        Tell(telescope, name, "complete", (long)(seconds * 1000), close, close);
        telescope.Milestones.Check();
    }

    private static void Tell(Telescope telescope, string name, string state, long lapse, bool closed, bool tellsMode)
    {
        var members = new WireObject { ["state"] = state, ["lapse_ms"] = lapse, ["close"] = closed };
        if (tellsMode)
        {
            members["equ_mode"] = telescope.Mount.EquatorialMode;
        }

        telescope.Events.Emit(name, members);
    }
}
