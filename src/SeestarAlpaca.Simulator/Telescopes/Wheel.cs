using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>The filter wheel (<c>seestar-protocol.md</c> §4.6). To be used within the agenda.</summary>
internal sealed class Wheel(Telescope telescope)
{
    /// <summary>The shutter.</summary>
    public const int Dark = 0;

    /// <summary>The highest position.</summary>
    public const int Last = LightPollution;

    /// <summary>The filters by position.</summary>
    public static readonly string[] Names = ["dark", "IRCUT", "LP"];

    private const int InfraredCut = 1;
    private const int LightPollution = 2;

    private int _moves;

    /// <summary>0 dark, 1 IRCUT, 2 LP.</summary>
    public int Position { get; private set; } = InfraredCut;

    /// <summary>The position that the LP setting asks for.</summary>
    public int Wanted => telescope.Settings.Get("stack_lenhance", false) ? LightPollution : InfraredCut;

    /// <summary>The filter's name in file names.</summary>
    public string FilterName => Names[Position];

    /// <summary>Whether it turns.</summary>
    public bool IsMoving => _moves > 0;

    /// <summary>Turns, in 0.4 to 0.8 s.</summary>
    public async Task MoveAsync(int position, CancellationToken cancellationToken)
    {
        _moves++;
        try
        {
            await TurnAsync(position, cancellationToken);
        }
        finally
        {
            _moves--;
        }
    }

    private async Task TurnAsync(int position, CancellationToken cancellationToken)
    {
        telescope.Events.Emit("WheelMove", new WireObject { ["state"] = "start" });
        await telescope.DelayAsync(0.4, 0.8, cancellationToken);
        Position = position;
        telescope.Events.Emit("WheelMove", new WireObject { ["state"] = "complete", ["position"] = position });
    }
}
