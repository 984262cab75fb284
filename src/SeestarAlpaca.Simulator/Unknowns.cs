using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator;

/// <summary>What <c>begin_streaming</c> brings while the telescope stacks.</summary>
public enum StreamingWhileStacking
{
    /// <summary>Nothing: streaming has to wait for live view.</summary>
    Nothing,

    /// <summary>Each sub, raw, when it has been exposed.</summary>
    Subs,

    /// <summary>Each new stack, as <c>get_stacked_img</c> would send it.</summary>
    Stacks,
}

/// <summary>How the archive around a picture is laid out.</summary>
public enum ZipLayout
{
    /// <summary>A data descriptor of 16 bytes.</summary>
    Descriptor16,

    /// <summary>A ZIP64 extra field in the local header and a descriptor of 24 bytes.</summary>
    Zip64,

    /// <summary>A descriptor without signature, of 12 bytes.</summary>
    Descriptor12,

    /// <summary>ZIP64 throughout: extra fields in the local header and the directory, and the ZIP64 end of the directory.</summary>
    Zip64Directory,
}

/// <summary>
/// What nobody knows of telescopes (<c>seestar-protocol.md</c> §11.2), as switches; the default of each is the likelier. A program that
/// works with every setting works with the telescope, whichever it is.
/// </summary>
public sealed record Unknowns
{
    /// <summary>What <c>begin_streaming</c> brings while the telescope stacks; default nothing.</summary>
    public StreamingWhileStacking StreamingWhileStacking { get; init; }

    /// <summary>The layout of archives; default a descriptor of 16 bytes.</summary>
    public ZipLayout Zip { get; init; }

    /// <summary>Whether the text <c>done</c> is marked as an error in header byte 14; default false.</summary>
    public bool DoneIsError { get; init; }

    /// <summary>Whether the text <c>only available for continuous exposure</c> is marked as an error in header byte 14; default false.</summary>
    public bool OnlyContinuousIsError { get; init; }

    /// <summary>Whether the line for the third image connection has more than <c>Event</c> and <c>Msg</c>; default false.</summary>
    public bool AlertHasMoreKeys { get; init; }

    /// <summary>Whether header bytes 10 and 11 repeat the first and last payload byte of pictures, as they do for texts; default true.</summary>
    public bool PicturesRepeatEnds { get; init; } = true;

    /// <summary>The colours of wide pictures; null for what the wide camera tells of itself (S30 RGGB, S30 Pro GRBG).</summary>
    public BayerPhase? WidePhase { get; init; }

    /// <summary>Size of wide pictures; null for the wide camera's.</summary>
    public PictureSize? WideSize { get; init; }

    /// <summary>Real time without input after which an image connection is closed; null for the idle limit of the control port.</summary>
    public TimeSpan? ImageIdleLimit { get; init; }

    /// <summary>Whether a locked telescope ignores even <c>test_connection</c> of a connection that has not shown the key; default false.</summary>
    public bool LockedIgnoresHeartbeat { get; init; }

    /// <summary>Whether a connection that has shown the key must still send the word <c>verify</c>; default true.</summary>
    public bool VerifiedNeedsVerify { get; init; } = true;

    /// <summary>Whether image connections are closed after each answer, as one report of firmware 7.34 has it; default false.</summary>
    public bool ClosesAfterReply { get; init; }

    /// <summary>
    /// Whether <c>get_current_img</c> resets a connection that has not begun streaming, as one report of firmware 7.75 has it; default false.
    /// </summary>
    public bool CurrentImageNeedsStreaming { get; init; }

    /// <summary>Whether stacks are sent as they are, not in an archive; default false.</summary>
    public bool RawStack { get; init; }

    /// <summary>Whether a new control connection is told by a <c>Client</c> event whether it is master; default false.</summary>
    public bool ClientEventOnConnect { get; init; }
}
