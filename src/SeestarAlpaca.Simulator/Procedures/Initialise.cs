using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Before the first stack since power-on: dark frames (59 s) and focusing (24 s) (<c>seestar-protocol.md</c> §3.8).</summary>
/// <param name="telescope">Whose.</param>
/// <param name="follow">The stack.</param>
internal sealed class Initialise(Telescope telescope, IStage follow) : IStage
{
    private const double DarkSeconds = 59.24;
    private const int DarkSteps = 10;

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
        await TakeDarksAsync(_activity, cancellationToken);
        await FocusAsync(_activity, cancellationToken);
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

    private async Task TakeDarksAsync(Activity parent, CancellationToken cancellationToken)
    {
        var fields = new WireObject { ["percent"] = 0.0 };
        var darks = parent.Begin("DarkLibrary", isStage: true, fields);
        darks.Tell();
        var turning = telescope.Wheel.MoveAsync(Wheel.Dark, cancellationToken);
        for (var step = 1; step <= DarkSteps; step++)
        {
            await telescope.DelayAsync(DarkSeconds / DarkSteps, cancellationToken);
            fields["percent"] = 100.0 * step / DarkSteps;
            if (step < DarkSteps)
            {
                darks.Tell();
            }
        }

        await turning;
        darks.End("complete");
    }

    private async Task FocusAsync(Activity parent, CancellationToken cancellationToken)
    {
        var turning = telescope.Wheel.MoveAsync(telescope.Wheel.Wanted, cancellationToken);
        var focus = parent.Begin("AutoFocus", isStage: true, []);
        focus.Tell();
        telescope.Events.Emit("AutoFocus", new WireObject { ["state"] = "start" });
        var position = telescope.Settings.Get("focal_pos", 1500L);
        for (var move = -2; move <= 2; move++)
        {
            await telescope.DelayAsync(4.8, cancellationToken);
            var step = focus.Begin("FocuserMove", isStage: true, new WireObject { ["position"] = position + (20 * move) });
            step.Tell();
            step.End("complete");
        }

        await turning;
        focus.End("complete");
    }
}
