namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>How black, white and the midtone of each channel are found.</summary>
public enum StretchKind
{
    /// <summary>
    /// Black for each channel below its sky, all by the same distance so that the sky is neutral; one midtone for all, so that colours stay.
    /// </summary>
    Balanced,

    /// <summary>One black and one midtone for all channels: colours as they are, the sky's too.</summary>
    Linked,

    /// <summary>Black and midtone for each channel on its own: the strongest correction of a tinted sky, and colours change.</summary>
    Unlinked,

    /// <summary>Only 16 bits to 8: as the pixels are.</summary>
    Linear,

    /// <summary>Black and white for each channel at percentiles of its samples, with a fixed midtone.</summary>
    Percentile,
}

/// <summary>How a linear picture is stretched. Immutable.</summary>
public sealed record StretchOptions
{
    /// <summary>How black, white and midtone are found; default <see cref="StretchKind.Balanced"/>.</summary>
    public StretchKind Kind { get; init; }

    /// <summary>How bright the sky becomes, of 1; above 0, below 1, default 0.25. Not for linear and percentile.</summary>
    public double TargetBackground { get; init; } = 0.25;

    /// <summary>How many standard deviations of the noise black lies below the sky; at least 0, default 2.8. Not for linear and percentile.</summary>
    public double Shadows { get; init; } = 2.8;

    /// <summary>Percent of a channel's samples that are black; 0 to 100, default 0.5.</summary>
    public double BlackPercentile { get; init; } = 0.5;

    /// <summary>Percent of a channel's samples that are not white; above <see cref="BlackPercentile"/> to 100, default 99.95.</summary>
    public double WhitePercentile { get; init; } = 99.95;

    /// <summary>The midtone between the percentiles, see <see cref="MidtoneTransfer"/>; above 0, below 1, default 0.15.</summary>
    public double PercentileMidtone { get; init; } = 0.15;

    /// <summary>What is wrong with the values, in a sentence; null if nothing is.</summary>
    internal string? Fault => this switch
    {
        { TargetBackground: not (> 0 and < 1) } => $"TargetBackground is above 0 and below 1, not {TargetBackground}.",
        { Shadows: not (>= 0 and < double.PositiveInfinity) } => $"Shadows is at least 0, not {Shadows}.",
        { BlackPercentile: not (>= 0 and <= 100) } => $"BlackPercentile is from 0 to 100, not {BlackPercentile}.",
        _ when !(WhitePercentile > BlackPercentile && WhitePercentile <= 100) =>
            $"WhitePercentile is above BlackPercentile, which is {BlackPercentile}, and at most 100, not {WhitePercentile}.",
        { PercentileMidtone: not (> 0 and < 1) } => $"PercentileMidtone is above 0 and below 1, not {PercentileMidtone}.",
        _ => null,
    };
}
