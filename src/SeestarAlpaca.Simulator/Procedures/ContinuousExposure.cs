using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Live view: one short exposure after the other, pushed to whoever asked for previews.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="beginsView">Whether the view begins with it, so that tracking is switched on first.</param>
internal sealed class ContinuousExposure(Telescope telescope, bool beginsView = false) : IStage
{
    /// <summary>The name in the view state.</summary>
    public const string StageName = "ContinuousExposure";

    private Activity? _activity;
    private int _exposed;

    /// <inheritdoc/>
    public string Name => StageName;

    /// <summary>Whether previews are to be had. Safe to be read anywhere.</summary>
    public bool IsExposing => Volatile.Read(ref _activity) is { State: "working" };

    /// <inheritdoc/>
    public async Task<IStage?> RunAsync(CancellationToken cancellationToken)
    {
        if (beginsView)
        {
            await telescope.DelayAsync(0.2, 0.32, cancellationToken);
            Tracking.Switch(telescope, on: true, manual: true);
            await telescope.DelayAsync(0.12, cancellationToken);
        }

        Volatile.Write(ref _activity, telescope.View.View!.Begin(Name, isStage: true, new WireObject { ["fps"] = 0.0 }));
        _activity!.Tell();
        telescope.Milestones.Check();
        while (true)
        {
            var exposure = telescope.PreviewExposure;
            await telescope.Agenda.DelayAsync(exposure, cancellationToken);
            telescope.Pictures.Put(telescope.Camera.Expose(telescope.Mount.Pointing, exposure.TotalSeconds, _exposed++));
            _activity.Fields["fps"] = 1000.0 * _exposed / _activity.LapseMilliseconds;
            telescope.Previews.Exposed();
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (telescope.Options.Unknowns.StreamingWhileStacking == StreamingWhileStacking.Nothing)
        {
            telescope.Previews.End();
        }

        _activity?.End("cancel");
        return Task.CompletedTask;
    }
}
