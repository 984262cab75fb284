using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Goes to a target and solves a picture there; 13 s for a near one (<c>seestar-protocol.md</c> §3.8). What cannot be solved is tried again.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="target">Where to.</param>
/// <param name="follow">What follows; null for stacking or live view, as the setting <c>stack_after_goto</c> says.</param>
internal sealed class AutoGoto(Telescope telescope, Pointing target, IStage? follow) : IStage
{
    private const double ExposureSeconds = 2;
    private const int MostTries = 3;

    private readonly WireObject _fields = new() { ["count"] = 0, ["hint"] = false };
    private Activity? _activity;
    private ScopeGoto? _goto;
    private PlateSolve? _solve;

    /// <inheritdoc/>
    public string Name => "AutoGoto";

    /// <inheritdoc/>
    public async Task<IStage?> RunAsync(CancellationToken cancellationToken)
    {
        await telescope.DelayAsync(0.138, cancellationToken);
        _activity = telescope.View.View!.Begin(Name, isStage: true, _fields);
        _activity.Tell();
        await telescope.DelayAsync(0.007, cancellationToken);
        telescope.Events.Emit(Name, Step("start").With(new WireObject
        {
            ["target_ra_dec"] = new[] { target.RightAscensionHours, target.DeclinationDegrees },
            ["target_name"] = target.Name,
        }));
        var turning = telescope.Wheel.MoveAsync(telescope.Wheel.Wanted, cancellationToken);
        await telescope.DelayAsync(2.5, cancellationToken);
        await turning;

        var code = await TryAsync(cancellationToken);
        await telescope.DelayAsync(0.1, cancellationToken);
        End(code);
        await telescope.DelayAsync(0.2, cancellationToken);
        return code != 0 ? new ContinuousExposure(telescope)
            : follow ?? (telescope.Settings.Get("stack_after_goto", false)
                ? Initialise.Before(telescope, new Stacking(telescope, restart: true))
                : new ContinuousExposure(telescope));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _goto?.Abort();
        _solve?.Abort();
        if (_activity is { State: "working" })
        {
            _activity.End("cancel");
        }

        return Task.CompletedTask;
    }

    private static WireObject Step(string state) => new() { ["page"] = "preview", ["tag"] = "Exposure", ["func"] = "goto_ra_dec", ["state"] = state };

    /// <returns>0, or the code of the last failure.</returns>
    private async Task<int> TryAsync(CancellationToken cancellationToken)
    {
        for (var count = 1; count <= MostTries; count++)
        {
            _fields["count"] = count;
            TellStep("working", new WireObject { ["count"] = count });
            await telescope.DelayAsync(0.24, cancellationToken);
            _goto = new ScopeGoto(telescope, target, _activity);
            if (!await _goto.RunAsync(cancellationToken))
            {
                return ErrorCodes.BelowHorizon;
            }

            await ExposeAsync(count, cancellationToken);
            _solve = new PlateSolve(telescope, _activity, Picture(count));
            if (await _solve.RunAsync(4.8, telescope.Camera.ImageId, cancellationToken))
            {
                return 0;
            }
        }

        return ErrorCodes.SolveFailed;
    }

    private void End(int code)
    {
        if (code == 0)
        {
            telescope.Events.Emit(Name, Step("complete"));
            _activity!.End("complete");
            return;
        }

        TellStep("fail", new WireObject { ["count"] = _fields["count"], ["error"] = ErrorCodes.Text(code), ["code"] = code });
        _activity!.Fail(ErrorCodes.AutoGotoFailed);
    }

    private void TellStep(string state, WireObject more) =>
        telescope.Events.Emit("AutoGotoStep", new WireObject { ["tag"] = "Exposure" }.With(Step(state)).With(more));

    private static WireObject Picture(int count) => new() { ["page"] = "preview", ["tag"] = "Exposure-AutoGoto", ["ac_count"] = count };

    private async Task ExposeAsync(int count, CancellationToken cancellationToken)
    {
        await telescope.DelayAsync(0.2, cancellationToken);
        telescope.Events.Emit(
            "Exposure",
            Picture(count).With(new WireObject { ["state"] = "start", ["exp_us"] = (long)(ExposureSeconds * 1e6), ["gain"] = telescope.Camera.Gain }));
        await telescope.DelayAsync(3.5, 3.7, cancellationToken);
        telescope.Pictures.Put(telescope.Camera.Expose(target, ExposureSeconds, 0));
        telescope.Events.Emit("Exposure", Picture(count).With(new WireObject { ["state"] = "complete" }));
    }
}
