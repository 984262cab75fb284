using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>The filter wheel (<c>seestar-protocol.md</c> §4.6). To be used within the agenda.</summary>
internal sealed class Wheel(Telescope telescope)
{
    /// <summary>The shutter.</summary>
    public const int Dark = 0;

    private const int InfraredCut = 1;
    private const int LightPollution = 2;

    /// <summary>0 dark, 1 IRCUT, 2 LP.</summary>
    public int Position { get; private set; } = InfraredCut;

    /// <summary>The position that the LP setting asks for.</summary>
    public int Wanted => telescope.Settings.Get("stack_lenhance", false) ? LightPollution : InfraredCut;

    /// <summary>The filter's name in file names.</summary>
    public string FilterName => Position switch { Dark => "dark", InfraredCut => "IRCUT", _ => "LP" };

    /// <summary>Turns, in 0.4 to 0.8 s.</summary>
    public async Task MoveAsync(int position, CancellationToken cancellationToken)
    {
        telescope.Events.Emit("WheelMove", new WireObject { ["state"] = "start" });
        await telescope.DelayAsync(0.4, 0.8, cancellationToken);
        Position = position;
        telescope.Events.Emit("WheelMove", new WireObject { ["state"] = "complete", ["position"] = position });
    }
}
