using System.Buffers.Binary;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>What a frame is (header byte 13); never to be guessed from the request id (<c>seestar-protocol.md</c> §5.1).</summary>
public enum FrameKind : byte
{
    /// <summary>A sentence in ASCII; width and height are 0.</summary>
    Text = 0,

    /// <summary>One exposure: a preview or a sub.</summary>
    Single = 1,

    /// <summary>The live stack.</summary>
    Stacked = 5,
}

/// <summary>The form of a frame's payload (header byte 14).</summary>
public enum PayloadForm : byte
{
    /// <summary>A text that tells success.</summary>
    Text = 0,

    /// <summary>A text that tells why there is no picture.</summary>
    TextError = 1,

    /// <summary>Samples as they are, little-endian.</summary>
    Raw = 2,

    /// <summary>A ZIP archive with one entry <c>raw_data</c>.</summary>
    Zip = 3,
}

/// <summary>
/// The 80 bytes before every payload on the image ports 4800 and 4804, big-endian (<c>seestar-protocol.md</c> §5.1).
/// Bytes 10 and 11 (first and last payload byte) and the reserved ones are ignored by readers.
/// </summary>
/// <param name="PayloadLength">Bytes that follow the header; 0 to <see cref="int.MaxValue"/>.</param>
/// <param name="Kind">Text, single exposure or stack.</param>
/// <param name="Form">Text, raw samples or ZIP.</param>
/// <param name="RequestId">Low byte of the id of the request that caused the frame.</param>
/// <param name="Width">Columns; 0 for text.</param>
/// <param name="Height">Rows; 0 for text.</param>
/// <param name="CanDebayer">Whether the sender says that the samples are Bayer data; informational.</param>
/// <param name="ImageId">The exposure counter; 65535 none. May stand still: no sign of a new picture.</param>
/// <param name="Hfd">Half-flux diameter field as sent; 0, or 1000 constantly.</param>
public readonly record struct FrameHeader(
    int PayloadLength, FrameKind Kind, PayloadForm Form, byte RequestId, int Width, int Height, bool CanDebayer, int ImageId, int Hfd = 0)
{
    /// <summary>Bytes of a header on the wire.</summary>
    public const int Length = 80;

    /// <summary>The longest side accepted, in pixels.</summary>
    public const int MaxSide = 16384;

    /// <summary>The default limit on a payload, in bytes.</summary>
    public const int DefaultMaxPayload = 512 << 20;

    /// <summary>The longest text accepted, in bytes. The longest known one has 38.</summary>
    public const int MaxText = 4096;

    /// <summary>What a picture's payload may exceed its uncompressed RGB size by, in bytes: the ZIP's own structure.</summary>
    private const int Overhead = 1 << 20;

    private const ushort Magic = 0x03C3;

    /// <summary>Reads the 80 bytes and refuses, before any memory is taken, what cannot be a Seestar's frame.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    /// <param name="maxPayload">The largest payload accepted, in bytes.</param>
    /// <exception cref="InvalidDataException">No header, or one that announces the impossible; the connection is out of step.</exception>
    public static FrameHeader Parse(ReadOnlySpan<byte> bytes, int maxPayload = DefaultMaxPayload)
    {
        Require(U16(bytes, 0) == Magic, $"A frame starts with 03C3, not {U16(bytes, 0):X4}; the connection is out of step.");
        Require(U16(bytes, 4) == Length, $"A frame header has {Length} bytes; this one says {U16(bytes, 4)}.");

        var payload = BinaryPrimitives.ReadUInt32BigEndian(bytes[6..]);
        var (width, height) = (U16(bytes, 16), U16(bytes, 18));
        var limit = bytes[13] == (byte)FrameKind.Text
            ? MaxText
            : Math.Min(((long)width * height * 6) + Overhead, maxPayload);

        Require(width <= MaxSide && height <= MaxSide, $"A frame announces {width} × {height} pixels; a side has at most {MaxSide}.");
        Require(
            bytes[13] == (byte)FrameKind.Text || (width > 0 && height > 0),
            $"A picture frame announces {width} × {height} pixels; both sides must be positive.");
        Require(
            (long)width * height * 6 <= maxPayload,
            $"A frame announces {width} × {height} pixels, {(long)width * height * 6} bytes as RGB; at most {maxPayload} are accepted.");
        Require(payload <= limit, $"A frame of {width} × {height} pixels announces {payload} bytes; at most {limit} are accepted.");
        Require(bytes[12] == 0, "A frame announces big-endian samples; no Seestar is known to send them.");

        return new FrameHeader(
            (int)payload, (FrameKind)bytes[13], (PayloadForm)bytes[14], bytes[15], width, height, U16(bytes, 26) != 0, U16(bytes, 28), U16(bytes, 24));
    }

    /// <summary>Writes the 80 bytes as a telescope does.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <param name="firstByte">The payload's first byte, which the sender repeats at offset 10.</param>
    /// <param name="lastByte">The payload's last byte, which the sender repeats at offset 11.</param>
    public void Write(Span<byte> destination, byte firstByte, byte lastByte)
    {
        destination[..Length].Clear();
        SetU16(destination, 0, Magic);
        SetU16(destination, 2, 2);
        SetU16(destination, 4, Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[6..], (uint)PayloadLength);
        destination[10] = firstByte;
        destination[11] = lastByte;
        destination[13] = (byte)Kind;
        destination[14] = (byte)Form;
        destination[15] = RequestId;
        SetU16(destination, 16, Width);
        SetU16(destination, 18, Height);
        SetU16(destination, 24, Hfd);
        SetU16(destination, 26, CanDebayer ? 1 : 0);
        SetU16(destination, 28, ImageId);
    }

    private static int U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);

    private static void SetU16(Span<byte> bytes, int offset, int value) => BinaryPrimitives.WriteUInt16BigEndian(bytes[offset..], (ushort)value);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidDataException(message);
        }
    }
}
