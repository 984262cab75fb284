using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Moves the mount to a target and tells the way.</summary>
internal static class ScopeGoto
{
    private const double LeastSeconds = 1.2;
    private const double MostSeconds = 30;
    private const double DegreesPerSecond = 4;
    private const double StepSeconds = 0.4;

    /// <summary>Slews; tracking is switched off and on again at the end.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="target">Where to.</param>
    /// <param name="parent">What it is part of; null for a goto on its own.</param>
    /// <param name="cancellationToken">Stops the mount where it is.</param>
    public static async Task RunAsync(Telescope telescope, Pointing target, Activity? parent, CancellationToken cancellationToken)
    {
        var from = telescope.Mount.Pointing;
        var distance = Distance(from, target);
        var seconds = Math.Min(MostSeconds, LeastSeconds + (distance / DegreesPerSecond));
        var fields = Fields(from, distance);
        var activity = parent?.Begin("ScopeGoto", isStage: true, fields)
            ?? new Activity("ScopeGoto", null, telescope.Agenda, telescope.Events) { Fields = fields };
        telescope.Mount.ArmClosed = false;
        telescope.Mount.Moving = true;
        try
        {
            activity.Tell();
            TellStep(telescope);
            for (var passed = 0.0; passed < seconds;)
            {
                var step = Math.Min(StepSeconds, seconds - passed);
                await telescope.DelayAsync(step, cancellationToken);
                passed += step;
                fields.With(Fields(Between(from, target, passed / seconds), distance * (1 - (passed / seconds))));
                if (passed < seconds)
                {
                    activity.Tell();
                }
            }

            telescope.Mount.Pointing = target;
            activity.End("complete");
        }
        finally
        {
            telescope.Mount.Moving = false;
        }

        Tracking.Switch(telescope, on: false, manual: false);
        await telescope.DelayAsync(0.1, cancellationToken);
        Tracking.Switch(telescope, on: true, manual: false);
    }

    /// <summary>The angle between two directions in degrees.</summary>
    public static double Distance(Pointing one, Pointing other)
    {
        var (sine1, cosine1) = Math.SinCos(double.DegreesToRadians(one.DeclinationDegrees));
        var (sine2, cosine2) = Math.SinCos(double.DegreesToRadians(other.DeclinationDegrees));
        var hourAngle = double.DegreesToRadians((one.RightAscensionHours - other.RightAscensionHours) * 15);
        return double.RadiansToDegrees(Math.Acos(Math.Clamp((sine1 * sine2) + (cosine1 * cosine2 * Math.Cos(hourAngle)), -1, 1)));
    }

    private static void TellStep(Telescope telescope)
    {
        var step = new WireObject { ["state"] = "working", ["lapse_ms"] = 0 };
        if (telescope.Version >= FirmwareVersion.TellsPort)
        {
            step["close"] = false;
        }

        telescope.Events.Emit("ScopeGoto", step);
    }

    private static WireObject Fields(Pointing at, double distance) =>
        new() { ["cur_ra_dec"] = new[] { at.RightAscensionHours, at.DeclinationDegrees }, ["dist_deg"] = distance };

    private static Pointing Between(Pointing from, Pointing to, double part)
    {
        // The short way round, through 24 h where that is nearer.
        var hours = Math.IEEERemainder(to.RightAscensionHours - from.RightAscensionHours, 24);
        return new Pointing(
            "", (from.RightAscensionHours + (hours * part) + 24) % 24, from.DeclinationDegrees + ((to.DeclinationDegrees - from.DeclinationDegrees) * part));
    }
}
