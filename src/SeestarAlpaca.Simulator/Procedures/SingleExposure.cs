using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>One exposure that is part of no view, as the maker's other products make them (<c>seestar-protocol.md</c> §4.2).</summary>
internal sealed class SingleExposure(Telescope telescope)
{
    /// <summary>Exposes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var exposure = telescope.StackExposure;
        Tell("start", new WireObject { ["exp_us"] = (long)exposure.TotalMicroseconds, ["gain"] = telescope.Camera.Gain });
        await telescope.Agenda.DelayAsync(exposure + TimeSpan.FromSeconds(1.205), cancellationToken);
        Tell("downloading", []);
        await telescope.DelayAsync(0.258, 0.37, cancellationToken);
        telescope.Pictures.Put(telescope.Camera.Expose(telescope.Mount.Pointing, exposure.TotalSeconds, 0));
        Tell("complete", []);
    }

    /// <summary>Tells that it was broken off.</summary>
    public void Abort() => Tell("fail", new WireObject { ["error"] = ErrorCodes.Text(ErrorCodes.Interrupted), ["code"] = ErrorCodes.Interrupted });

    private void Tell(string state, WireObject more) =>
        telescope.Events.Emit("Exposure", new WireObject { ["page"] = "preview", ["state"] = state }.With(more));
}
