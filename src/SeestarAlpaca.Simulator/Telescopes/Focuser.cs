using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>The focuser of the telephoto camera (<c>seestar-protocol.md</c> §4.7). To be used within the agenda.</summary>
internal sealed class Focuser(Telescope telescope)
{
    private WireObject Wire => telescope.Device.Focuser;

    /// <summary>Steps; 0 to <see cref="MaxStep"/>.</summary>
    public long Step => Wire.Get("step", 0L);

    /// <summary>The highest position.</summary>
    public long MaxStep => Wire.Get("max_step", 2600L);

    /// <summary>Moves and tells it.</summary>
    /// <param name="step">Where to; within the range.</param>
    /// <param name="parent">What it is part of; null for a move on its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task MoveAsync(long step, Activity? parent, CancellationToken cancellationToken)
    {
        var fields = new WireObject { ["position"] = step };
        var move = parent?.Begin("FocuserMove", isStage: true, fields)
            ?? new Activity("FocuserMove", null, telescope.Agenda, telescope.Events) { Fields = fields };
        move.Tell();
        Wire["state"] = "moving";
        try
        {
            // Less than a millisecond was captured for a small move, 121 ms in a view state.
            await telescope.DelayAsync(Math.Min(2, Math.Abs(step - Step) * 0.002), cancellationToken);
            Wire["step"] = step;
        }
        finally
        {
            Wire["state"] = "idle";
        }

        move.End("complete");
    }
}
