using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Before the first stack since power-on: dark frames (59 s) and focusing (24 s) (<c>seestar-protocol.md</c> §3.8).</summary>
/// <param name="telescope">Whose.</param>
/// <param name="follow">The stack.</param>
internal sealed class Initialise(Telescope telescope, IStage follow) : IStage
{
    private Activity? _activity;

    /// <inheritdoc/>
    public string Name => "Initialise";

    /// <summary>A stack, after this procedure where it is due.</summary>
    public static IStage Before(Telescope telescope, IStage stack) =>
        telescope.Options.SkipInitialise || telescope.IsInitialised ? stack : new Initialise(telescope, stack);

    /// <inheritdoc/>
    public async Task<IStage?> RunAsync(CancellationToken cancellationToken)
    {
        _activity = telescope.View.View!.Begin(Name, isStage: true, []);
        _activity.Tell();
        await DarkLibrary.RunAsync(telescope, _activity, cancellationToken);
        var turning = telescope.Wheel.MoveAsync(telescope.Wheel.Wanted, cancellationToken);

        // The stack begins even where no star was found, as captured.
        await new AutoFocus(telescope, _activity, isStage: true).RunAsync(cancellationToken);
        await turning;
        _activity.End("complete");
        telescope.IsInitialised = true;
        await telescope.DelayAsync(0.29, cancellationToken);
        return follow;
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
}
