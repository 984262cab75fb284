using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Finds the focus by trying positions; about 24 s, told as both kinds of event (<c>seestar-protocol.md</c> §3.7, §3.8).</summary>
/// <param name="telescope">Whose.</param>
/// <param name="parent">What it is part of; null on its own.</param>
/// <param name="isStage">Whether it is what the parent is mainly doing.</param>
internal sealed class AutoFocus(Telescope telescope, Activity? parent, bool isStage)
{
    private const int Moves = 5;
    private const int StepsBetween = 20;

    private readonly List<object[]> _points = [];
    private Activity? _activity;

    /// <summary>Focuses.</summary>
    /// <returns>Whether the focus was found.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        _activity = parent?.Begin("AutoFocus", isStage, []) ?? new Activity("AutoFocus", null, telescope.Agenda, telescope.Events);
        _activity.Tell();
        TellStep(new WireObject { ["state"] = "start" });
        var (best, failed) = (telescope.Focuser.Step, telescope.Options.FocusFails);
        for (var move = 0; move < Moves; move++)
        {
            await telescope.DelayAsync(2.4, cancellationToken);
            var position = Math.Clamp(best + (StepsBetween * (move - (Moves / 2))), 0, telescope.Focuser.MaxStep);
            await telescope.Focuser.MoveAsync(position, _activity, cancellationToken);
            await telescope.DelayAsync(2.35, cancellationToken);
            _points.Add([position, failed ? 0.0 : 2.1 + (0.0025 * Math.Pow(position - best, 2))]);
            TellStep(new WireObject { ["state"] = "working", ["result"] = Curve() });
        }

        await telescope.Focuser.MoveAsync(best, _activity, cancellationToken);
        if (failed)
        {
            Fail(ErrorCodes.NoStar);
            return false;
        }

        TellStep(new WireObject { ["state"] = "complete", ["result"] = new WireObject { ["last_point"] = _points[Moves / 2] } });
        _activity.End("complete");
        return true;
    }

    /// <summary>Tells that it was broken off, if it was.</summary>
    public void Abort()
    {
        if (_activity is { State: "working" })
        {
            Fail(ErrorCodes.Aborted);
        }
    }

    private WireObject Curve()
    {
        var positions = _points.Select(point => (long)point[0]).ToArray();
        return new WireObject
        {
            ["x_scale"] = new[] { positions.Min() - 10, positions.Max() + 10 },
            ["y_scale"] = new[] { -5.0, 5.0 },
            ["points"] = _points.ToArray(),
            ["status_flag"] = 1,
        };
    }

    private void Fail(int code)
    {
        TellStep(new WireObject { ["state"] = "fail", ["error"] = ErrorCodes.Text(code), ["code"] = code });
        _activity!.Fail(code);
    }

    private void TellStep(WireObject more) => telescope.Events.Emit("AutoFocus", more);
}
