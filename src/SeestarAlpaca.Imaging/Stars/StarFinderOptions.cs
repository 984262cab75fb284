namespace SeestarAlpaca.Imaging.Stars;

/// <summary>What counts as a star. Immutable.</summary>
public sealed record StarFinderOptions
{
    /// <summary>Peaks must be so many standard deviations of the noise above the sky; above 0, default 5.</summary>
    public double Threshold { get; init; } = 5;

    /// <summary>At most so many stars, the brightest, are told; 1 to 10 000, default 200.</summary>
    public int MaxStars { get; init; } = 200;

    /// <summary>
    /// The mean of the eight pixels around a peak, as a share of the peak, below which it is a hot pixel or noise; 0 to 1. The default 0.3
    /// suits debayered pictures of the full size and stacks; in a super-pixel picture stars are half as wide, and 0.05 suits.
    /// </summary>
    public double LeastNeighbours { get; init; } = 0.3;

    /// <summary>
    /// The sample value from which on a star counts as saturated; default 65 000 (telescopes send at most 65 472 or 65 504,
    /// <c>seestar-protocol.md</c> §5.4).
    /// </summary>
    public int Saturation { get; init; } = 65_000;

    /// <summary>
    /// g, for the signal-to-noise ratio: electrons for each ADU; above 0, default 0.078 as measured of 10 s subs at gain 80
    /// (<c>seestar-protocol.md</c> §7). For a stack of n subs it is n times that.
    /// </summary>
    public double ElectronsPerAdu { get; init; } = 0.078;

    /// <summary>What is wrong with the values, in a sentence; null if nothing is.</summary>
    internal string? Fault => this switch
    {
        { Threshold: not > 0 } => $"Threshold is above 0, not {Threshold}.",
        { MaxStars: < 1 or > 10_000 } => $"MaxStars is from 1 to 10000, not {MaxStars}.",
        { LeastNeighbours: not (>= 0 and <= 1) } => $"LeastNeighbours is from 0 to 1, not {LeastNeighbours}.",
        { ElectronsPerAdu: not > 0 } => $"ElectronsPerAdu is above 0, not {ElectronsPerAdu}.",
        _ => null,
    };
}
