using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>What is known of a stack that was fetched. Null is unknown.</summary>
public sealed record StackDetails
{
    /// <summary>Counts the stacks that this session received, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The epoch in which the stack was asked for, see <see cref="TelescopeObservation.Epoch"/>.</summary>
    public required long Epoch { get; init; }

    /// <summary>Whether it is known to be the stack at work, not one that the telescope has kept from before.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>When its last byte arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The same as a timestamp of the session's clock.</summary>
    public required long ReceivedTimestamp { get; init; }

    /// <summary>How long request and transfer took.</summary>
    public required TimeSpan TransferTime { get; init; }

    /// <summary>Columns and rows in pixels.</summary>
    public required (int Width, int Height) Size { get; init; }

    /// <summary>Subs in the stack, when it was asked for.</summary>
    public int? Frames { get; init; }

    /// <summary>Subs that were rejected.</summary>
    public int? Dropped { get; init; }

    /// <summary>Length of one sub.</summary>
    public TimeSpan? SubExposure { get; init; }

    /// <summary>The target's name.</summary>
    public string? TargetName { get; init; }

    /// <summary>Right ascension in hours and declination in degrees, of date.</summary>
    public (double Hours, double Degrees)? TargetRaDec { get; init; }

    /// <summary>Gain in 0.1 dB.</summary>
    public int? Gain { get; init; }

    /// <summary>Whether the light pollution filter was in.</summary>
    public bool? LpFilter { get; init; }

    /// <summary>Number of subs times the length of one.</summary>
    public TimeSpan? Integration => Frames * SubExposure;
}

/// <summary>A lease on a stack: its picture and what is known of it. Whoever takes one disposes it.</summary>
/// <param name="details">What is known of it.</param>
/// <param name="image">The picture; belongs to this lease.</param>
public sealed class StackFrame(StackDetails details, RgbImage image) : IDisposable
{
    /// <summary>What is known of it.</summary>
    public StackDetails Details { get; } = details;

    /// <summary>Linear, 16 bit, first row at the top, as the telescope sent it.</summary>
    public RgbImage Image { get; } = image;

    /// <summary>A further lease.</summary>
    public StackFrame Share() => new(Details, Image.Share());

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
