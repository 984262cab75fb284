using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>A sub that waits to be stacked.</summary>
/// <param name="Picture">The sub.</param>
/// <param name="Stackable">The sub debayered and its stars, when that is first wanted.</param>
internal sealed record ExposedSub(SubPicture Picture, Lazy<StackableSub> Stackable);

/// <summary>
/// One exposure of a stack, told as both kinds of event: it takes its time and 1.4 to 1.6 s more (<c>seestar-protocol.md</c> §3.8).
/// </summary>
internal sealed class SubExposure(Telescope telescope, Activity stack, int index)
{
    private Activity? _activity;

    /// <summary>Exposes.</summary>
    public async Task<ExposedSub> RunAsync(CancellationToken cancellationToken)
    {
        var exposure = telescope.StackExposure;
        var picture = telescope.Camera.Expose(telescope.Mount.Pointing, exposure.TotalSeconds, index);
        var stackable = new Lazy<StackableSub>(picture.Prepare);

        // Nobody waits for this task: it makes the pixels while the sub is being exposed, and whoever comes too early makes them himself.
        _ = Task.Run(() => stackable.Value, CancellationToken.None).ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

        Begin(exposure);
        await telescope.Agenda.DelayAsync(exposure + TimeSpan.FromSeconds(1.205), cancellationToken);
        TellStep("downloading", []);
        await telescope.DelayAsync(0.258, 0.37, cancellationToken);
        telescope.Pictures.Put(picture);
        TellStep("complete", []);
        _activity!.End("complete");
        return new ExposedSub(picture, stackable);
    }

    /// <summary>Tells that the exposure was broken off, if it was.</summary>
    public void Interrupt()
    {
        if (_activity is { State: "working" })
        {
            TellStep("fail", new WireObject { ["error"] = ErrorCodes.Text(ErrorCodes.Interrupted), ["code"] = ErrorCodes.Interrupted });
            _activity.End("cancel");
        }
    }

    private void Begin(TimeSpan exposure)
    {
        var fields = new WireObject { ["exp_ms"] = exposure.TotalMilliseconds };
        if (telescope.Version >= FirmwareVersion.TellsPort)
        {
            fields["port"] = 4700;
        }

        _activity = stack.Begin("Exposure", isStage: true, fields);
        _activity.Tell();
        TellStep("start", new WireObject { ["exp_us"] = (long)exposure.TotalMicroseconds, ["gain"] = telescope.Camera.Gain });
    }

    private void TellStep(string state, WireObject more) =>
        telescope.Events.Emit("Exposure", new WireObject { ["page"] = "stack", ["state"] = state }.With(more));
}
