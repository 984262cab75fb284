using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Moves the mount a little, as the app's direction buttons do (<c>seestar-protocol.md</c> §4.8).</summary>
/// <param name="telescope">Whose.</param>
/// <param name="angle">Where to in the picture: degrees, 0 to the right, 90 up.</param>
/// <param name="seconds">For how long.</param>
internal sealed class Nudge(Telescope telescope, double angle, double seconds)
{
    /// <summary>How far a second of moving carries; real ones depend on the speed asked for.</summary>
    private const double DegreesPerSecond = 0.25;

    /// <summary>Moves.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var mount = telescope.Mount;
        mount.Moving = true;
        try
        {
            telescope.Events.Emit("MoveByAngle", new WireObject { ["state"] = "moving", ["value"] = angle });
            await telescope.DelayAsync(Math.Clamp(seconds, 0, 30), cancellationToken);
            var (up, right) = Math.SinCos(double.DegreesToRadians(angle));
            var distance = DegreesPerSecond * seconds;
            var declination = Math.Clamp(mount.Pointing.DeclinationDegrees + (distance * up), -90, 90);
            mount.Pointing = new Sky.Pointing("", (mount.Pointing.RightAscensionHours - (distance * right / 15) + 24) % 24, declination);
        }
        finally
        {
            mount.Moving = false;
        }
    }
}
