using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Moves the mount to a target and tells the way.</summary>
internal sealed class ScopeGoto
{
    private const double LeastSeconds = 1.2;
    private const double MostSeconds = 30;
    private const double DegreesPerSecond = 4;
    private const double StepSeconds = 0.4;

    private readonly Telescope _telescope;
    private readonly Pointing _target;
    private readonly Activity _activity;
    private readonly Pointing _from;
    private readonly double _distance;

    /// <summary>Makes ready, without moving.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="target">Where to.</param>
    /// <param name="parent">What it is part of; null for a goto on its own.</param>
    public ScopeGoto(Telescope telescope, Pointing target, Activity? parent)
    {
        (_telescope, _target, _from) = (telescope, target, telescope.Mount.Pointing);
        _distance = Distance(_from, target);
        var fields = Fields(_from, _distance);
        _activity = parent?.Begin("ScopeGoto", isStage: true, fields)
            ?? new Activity("ScopeGoto", null, telescope.Agenda, telescope.Events) { Fields = fields };
    }

    /// <summary>Slews on its own.</summary>
    public static Task RunAsync(Telescope telescope, Pointing target, CancellationToken cancellationToken) =>
        new ScopeGoto(telescope, target, null).RunAsync(cancellationToken);

    /// <summary>The angle between two directions in degrees.</summary>
    public static double Distance(Pointing one, Pointing other)
    {
        var (sine1, cosine1) = Math.SinCos(double.DegreesToRadians(one.DeclinationDegrees));
        var (sine2, cosine2) = Math.SinCos(double.DegreesToRadians(other.DeclinationDegrees));
        var hourAngle = double.DegreesToRadians((one.RightAscensionHours - other.RightAscensionHours) * 15);
        return double.RadiansToDegrees(Math.Acos(Math.Clamp((sine1 * sine2) + (cosine1 * cosine2 * Math.Cos(hourAngle)), -1, 1)));
    }

    /// <summary>Slews; tracking is switched off and on again at the end.</summary>
    /// <param name="cancellationToken">Stops the mount where it is; nothing is told then but by <see cref="Abort"/>.</param>
    /// <returns>False if the target is below the horizon.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        _telescope.Mount.ArmClosed = false;
        _telescope.Mount.Moving = true;
        try
        {
            _activity.Tell();
            TellStep();
            await MoveAsync(cancellationToken);
        }
        finally
        {
            _telescope.Mount.Moving = false;
        }

        if (_telescope.Options.TargetsBelowHorizon)
        {
            _activity.Fail(ErrorCodes.BelowHorizon);
            Tracking.Lose(_telescope, ErrorCodes.BelowHorizon);
            return false;
        }

        _telescope.Mount.Pointing = _target;
        _activity.End("complete");
        Tracking.Switch(_telescope, on: false, manual: false);
        await _telescope.DelayAsync(0.1, cancellationToken);
        Tracking.Switch(_telescope, on: true, manual: false);
        return true;
    }

    /// <summary>Tells that it was broken off, if it was.</summary>
    public void Abort()
    {
        if (_activity.State == "working")
        {
            _activity.Fail(ErrorCodes.Aborted);
        }
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        var seconds = Math.Min(MostSeconds, LeastSeconds + (_distance / DegreesPerSecond));
        for (var passed = 0.0; passed < seconds;)
        {
            var step = Math.Min(StepSeconds, seconds - passed);
            await _telescope.DelayAsync(step, cancellationToken);
            passed += step;
            _activity.Fields.With(Fields(Between(_from, _target, passed / seconds), _distance * (1 - (passed / seconds))));
            if (passed < seconds)
            {
                _activity.Tell();
            }
        }
    }

    private void TellStep()
    {
        var step = new WireObject { ["state"] = "working", ["lapse_ms"] = 0 };
        if (_telescope.Version >= FirmwareVersion.TellsPort)
        {
            step["close"] = false;
        }

        _telescope.Events.Emit("ScopeGoto", step);
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
