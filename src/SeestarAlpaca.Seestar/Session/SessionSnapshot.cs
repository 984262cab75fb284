using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>What a session knows at one moment. Immutable.</summary>
/// <param name="Telescope">What is known of the telescope.</param>
/// <param name="Access">What the control port allows.</param>
/// <param name="Control">The control port's connection.</param>
/// <param name="Image">The image port's connection.</param>
/// <param name="Stack">The newest stack that was fetched; null before the first.</param>
/// <param name="IsStackPresent">Whether that stack may be delivered: it is of the present epoch, confirmed, and not too old.</param>
/// <param name="Events">Whether events are listened to.</param>
/// <param name="TakenAt">The moment.</param>
public sealed record SessionSnapshot(
    TelescopeObservation Telescope,
    Access Access,
    LinkStatus Control,
    LinkStatus Image,
    StackDetails? Stack,
    bool IsStackPresent,
    bool Events,
    DateTimeOffset TakenAt)
{
    /// <summary>Whether the stack at work is one that this session has begun.</summary>
    public bool IsOwnStack { get; init; }
}
