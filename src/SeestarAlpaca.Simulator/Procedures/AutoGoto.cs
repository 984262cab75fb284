using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Goes to a target and solves a picture there; 13 s for a near one (<c>seestar-protocol.md</c> §3.8).</summary>
/// <param name="telescope">Whose.</param>
/// <param name="target">Where to.</param>
/// <param name="follow">What follows; null for stacking or live view, as the setting <c>stack_after_goto</c> says.</param>
internal sealed class AutoGoto(Telescope telescope, Pointing target, IStage? follow) : IStage
{
    private const double ExposureSeconds = 2;

    private Activity? _activity;

    /// <inheritdoc/>
    public string Name => "AutoGoto";

    /// <inheritdoc/>
    public async Task<IStage?> RunAsync(CancellationToken cancellationToken)
    {
        await telescope.DelayAsync(0.138, cancellationToken);
        var fields = new WireObject { ["count"] = 0, ["hint"] = false };
        _activity = telescope.View.View!.Begin(Name, isStage: true, fields);
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

        fields["count"] = 1;
        telescope.Events.Emit("AutoGotoStep", new WireObject { ["tag"] = "Exposure" }.With(Step("working")).With(new WireObject { ["count"] = 1 }));
        await telescope.DelayAsync(0.24, cancellationToken);
        await ScopeGoto.RunAsync(telescope, target, _activity, cancellationToken);
        await ExposeAsync(cancellationToken);
        await PlateSolve.RunAsync(telescope, "preview", 4.8, telescope.Camera.ImageId, cancellationToken);
        await telescope.DelayAsync(0.1, cancellationToken);
        _activity.End("complete");

        await telescope.DelayAsync(0.2, cancellationToken);
        return follow ?? (telescope.Settings.Get("stack_after_goto", false)
            ? Initialise.Before(telescope, new Stacking(telescope, restart: true))
            : new ContinuousExposure(telescope));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_activity is { State: "working" })
        {
            _activity.End("cancel");
        }

        return Task.CompletedTask;
    }

    private static WireObject Step(string state) => new() { ["page"] = "preview", ["tag"] = "Exposure", ["func"] = "goto_ra_dec", ["state"] = state };

    private async Task ExposeAsync(CancellationToken cancellationToken)
    {
        await telescope.DelayAsync(0.2, cancellationToken);
        var exposure = new WireObject { ["page"] = "preview", ["tag"] = "Exposure-AutoGoto", ["ac_count"] = 1, ["state"] = "start" };
        telescope.Events.Emit("Exposure", exposure.Copy().With(new WireObject { ["exp_us"] = (long)(ExposureSeconds * 1e6), ["gain"] = telescope.Camera.Gain }));
        await telescope.DelayAsync(3.5, 3.7, cancellationToken);
        telescope.Pictures.Put(telescope.Camera.Expose(target, ExposureSeconds, 0));
        exposure["state"] = "complete";
        telescope.Events.Emit("Exposure", exposure);
    }
}
