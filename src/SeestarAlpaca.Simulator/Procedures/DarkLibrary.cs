using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Takes dark frames with the shutter closed: 59 s (<c>seestar-protocol.md</c> §3.8).</summary>
internal static class DarkLibrary
{
    private const double Seconds = 59.24;
    private const int Steps = 10;

    /// <summary>Takes them; the shutter stays closed.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="parent">What it is part of; null on its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(Telescope telescope, Activity? parent, CancellationToken cancellationToken)
    {
        var fields = new WireObject { ["percent"] = 0.0 };
        var darks = parent?.Begin("DarkLibrary", isStage: true, fields)
            ?? new Activity("DarkLibrary", null, telescope.Agenda, telescope.Events) { Fields = fields };
        darks.Tell();
        var turning = telescope.Wheel.MoveAsync(Wheel.Dark, cancellationToken);
        for (var step = 1; step <= Steps; step++)
        {
            await telescope.DelayAsync(Seconds / Steps, cancellationToken);
            fields["percent"] = 100.0 * step / Steps;
            if (step < Steps)
            {
                darks.Tell();
            }
        }

        await turning;
        darks.End("complete");
    }
}
