using System.Buffers.Binary;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>Spoils a frame; null if it is not of the kind that the fault strikes.</summary>
internal delegate OutgoingFrame? FrameFault(Directive fault, Frame frame);

/// <summary>The faults that strike the next frames of an image port (<c>seestar-protocol.md</c> §9, item 40). Pure.</summary>
internal static class FrameFaults
{
    private static readonly Parameter At = Parameter.Number("at", "how much of the payload is sent before, 0 to 1", 0.5, 0, 1);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<(DirectiveKind Kind, FrameFault Spoil)> All =
    [
        (new("reset-mid-frame", "The connection is reset inside a picture.", Parameter.Count, At),
            Picture((fault, frame) => OutgoingFrame.UpTo(frame, fault.Number("at"), FrameEnding.Reset))),
        (new("truncated-payload", "The connection is closed inside a picture.", Parameter.Count, At),
            Picture((fault, frame) => OutgoingFrame.UpTo(frame, fault.Number("at"), FrameEnding.Close))),
        (new("stall-mid-frame", "A picture stops in the middle, and nothing more comes on this connection.", Parameter.Count, At),
            Picture((fault, frame) => OutgoingFrame.UpTo(frame, fault.Number("at"), FrameEnding.Stall))),
        (new("wrong-magic", "A picture's header begins with other bytes than 03C3.", Parameter.Count),
            Picture((_, frame) => WithHeader(frame, header => BinaryPrimitives.WriteUInt16BigEndian(header, 0xDEAD)))),
        (new("zero-length", "A picture's header announces no payload, and none follows.", Parameter.Count),
            Picture((_, frame) => OutgoingFrame.Of(frame.Header with { PayloadLength = 0 }, new BytesPayload([])))),
        (new("huge-length", "A picture's header announces more than there can be.", Parameter.Count,
                Parameter.Number("bytes", "how much is announced", 100_000_000, 64 << 20, uint.MaxValue)),
            Picture((fault, frame) => WithHeader(frame, header => BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(6), (uint)fault.Number("bytes"))))),
        (new("zero-size", "A picture's header has width and height 0, with the whole payload.", Parameter.Count),
            Picture((_, frame) => OutgoingFrame.Of(frame.Header with { Width = 0, Height = 0 }, frame.Payload))),
        (new("wrong-crc", "A ZIP picture's checksum is wrong.", Parameter.Count),
            Zip((_, frame, archive) => OutgoingFrame.Of(frame.Header, archive.WithWrongCrc()))),
        (new("truncated-deflate", "A ZIP picture's deflate stream ends too early, while sizes and checksum tell of the whole.", Parameter.Count,
                Parameter.Number("at", "how much of the stream is left, 0 to 1", 0.5, 0, 1)),
            Zip((fault, frame, archive) =>
            {
                var cut = archive.WithCutDeflate(fault.Number("at"));
                return OutgoingFrame.Of(frame.Header with { PayloadLength = cut.Length }, cut);
            })),
        (new("stray-alert", "A bare Alert line without a header comes before a frame.", Parameter.Count,
                Parameter.Text("text", "what it says", "Exceed the maximum number of connections")),
            (fault, frame) => OutgoingFrame.Of(frame) with
            {
                Before = WireText.Line(new WireObject { ["Event"] = "Alert", ["Msg"] = fault["text"] }),
            }),
    ];

    private static FrameFault Picture(FrameFault spoil) => (fault, frame) => frame.Header.Kind == FrameKind.Text ? null : spoil(fault, frame);

    private static FrameFault Zip(Func<Directive, Frame, ZipPayload, OutgoingFrame> spoil) =>
        (fault, frame) => frame.Payload is ZipPayload archive ? spoil(fault, frame, archive) : null;

    private static OutgoingFrame WithHeader(Frame frame, Action<byte[]> change)
    {
        var spoilt = OutgoingFrame.Of(frame);
        change(spoilt.Header);
        return spoilt;
    }
}
