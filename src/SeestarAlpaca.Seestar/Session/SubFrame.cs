using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>What is known of a single exposure. Null is unknown.</summary>
public sealed record SubDetails
{
    /// <summary>Counts the single exposures that this camera of the session sent, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The epoch in which it began to arrive, or was asked for, see <see cref="TelescopeObservation.Epoch"/>.</summary>
    public required long Epoch { get; init; }

    /// <summary>Whether it is known to be of that epoch, not one that the telescope has kept from before.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>When its last byte arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The same as a timestamp of the session's clock.</summary>
    public required long ReceivedTimestamp { get; init; }

    /// <summary>Columns and rows in pixels.</summary>
    public required (int Width, int Height) Size { get; init; }

    /// <summary>Whether it is a sub of a stack; otherwise one of the live view.</summary>
    public required bool IsOfStack { get; init; }

    /// <summary>Its exposure; null for one of the live view.</summary>
    public TimeSpan? Exposure { get; init; }

    /// <summary>The target's name.</summary>
    public string? TargetName { get; init; }

    /// <summary>Right ascension in hours and declination in degrees, of date.</summary>
    public (double Hours, double Degrees)? TargetRaDec { get; init; }

    /// <summary>Gain in 0.1 dB.</summary>
    public int? Gain { get; init; }

    /// <summary>Whether the light pollution filter was in.</summary>
    public bool? LpFilter { get; init; }
}

/// <summary>A lease on a single exposure.</summary>
/// <param name="details">What is known of it.</param>
/// <param name="image">The picture; belongs to this lease.</param>
public sealed class SubFrame(SubDetails details, BayerImage image) : IDisposable
{
    /// <summary>What is known of it.</summary>
    public SubDetails Details { get; } = details;

    /// <summary>Raw, 16 bit, first row at the top, as the telescope sent it.</summary>
    public BayerImage Image { get; } = image;

    /// <summary>When its last byte arrived.</summary>
    public DateTimeOffset ReceivedAt => Details.ReceivedAt;

    /// <summary>A further lease.</summary>
    public SubFrame Share() => new(Details, Image.Share());

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
