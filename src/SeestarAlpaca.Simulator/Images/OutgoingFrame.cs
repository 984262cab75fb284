using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>What happens after the bytes of a frame.</summary>
internal enum FrameEnding
{
    /// <summary>The connection goes on.</summary>
    GoOn,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The telescope ends its side of the connection in an orderly way.</summary>
    Close,

    /// <summary>Nothing more is sent, and the connection stays.</summary>
    Stall,
}

/// <summary>A frame as it is sent: whole, or as a fault wants it.</summary>
/// <param name="Header">Its 80 bytes.</param>
/// <param name="Payload">What follows.</param>
/// <param name="Sent">How many bytes of the payload are sent.</param>
/// <param name="Ending">What happens then.</param>
internal sealed record OutgoingFrame(byte[] Header, FramePayload Payload, int Sent, FrameEnding Ending = FrameEnding.GoOn)
{
    /// <summary>A line that is sent before the frame, without a header.</summary>
    public ReadOnlyMemory<byte> Before { get; init; }

    /// <summary>A frame as it is.</summary>
    public static OutgoingFrame Of(Frame frame) => Of(frame.Header, frame.Payload, frame.RepeatsEnds);

    /// <summary>A header and a payload that need not belong together.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">What follows.</param>
    /// <param name="repeatsEnds">Whether the header repeats the payload's first and last byte.</param>
    public static OutgoingFrame Of(FrameHeader header, FramePayload payload, bool repeatsEnds = true)
    {
        var bytes = new byte[FrameHeader.Length];
        header.Write(bytes, repeatsEnds ? payload.First : (byte)0, repeatsEnds ? payload.Last : (byte)0);
        return new OutgoingFrame(bytes, payload, payload.Length);
    }

    /// <summary>The frame up to a part of its payload, and what happens then.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="part">0 to 1.</param>
    /// <param name="ending">What happens.</param>
    public static OutgoingFrame UpTo(Frame frame, double part, FrameEnding ending) =>
        Of(frame) with { Sent = (int)(part * frame.Payload.Length), Ending = ending };
}
