namespace SeestarAlpaca.Simulator.Sky;

/// <summary>What crosses a sub as a line of light.</summary>
internal enum TrailKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A satellite: an even line.</summary>
    Satellite,

    /// <summary>A plane: a faint line with bright blinks.</summary>
    Plane,
}

/// <summary>How sky and optics are during one sub. Immutable; the same conditions give the same pixels.</summary>
internal sealed record SkyConditions
{
    /// <summary>The light that a dewed lens still lets through, less than that of a dry one by this share at most.</summary>
    private const double DewLoss = 0.6;

    /// <summary>The share of a star's light that a dewed lens spreads into a halo at most.</summary>
    private const double DewHalo = 0.5;

    /// <summary>No cloud, in focus, dry and still.</summary>
    public static readonly SkyConditions Clear = new();

    /// <summary>The share of the light that clouds take on average, 0 to 1.</summary>
    public double Clouds { get; init; }

    /// <summary>How far the clouds have moved, in widths of a picture.</summary>
    public double CloudPath { get; init; }

    /// <summary>What the width of stars is multiplied with; 1 in focus.</summary>
    public double Focus { get; init; } = 1;

    /// <summary>How much dew is on the lens, 0 to 1.</summary>
    public double Dew { get; init; }

    /// <summary>How far the field turns around the middle of the picture, in degrees.</summary>
    public double Rotation { get; init; }

    /// <summary>How far the wind or a knock moves the picture, in pixels.</summary>
    public double Shake { get; init; }

    /// <summary>What crosses the sub.</summary>
    public TrailKind Trail { get; init; }

    /// <summary>The share of the light that comes through the lens.</summary>
    public double Throughput => 1 - (DewLoss * Dew);

    /// <summary>The share of that light that is in a halo.</summary>
    public double Halo => DewHalo * Dew;

    /// <summary>How bright the middles of stars are against a clear, dry and focused sub.</summary>
    public double StarPeak => (1 - Clouds) * Throughput * (1 - Halo) / (Focus * Focus);

    /// <summary>Whether a field drawn for other conditions is right for these too: clouds and trails are added to it, not drawn in it.</summary>
    public bool DrawsAs(SkyConditions other) =>
        (Focus, Dew, Rotation, Shake) == (other.Focus, other.Dew, other.Rotation, other.Shake);
}
