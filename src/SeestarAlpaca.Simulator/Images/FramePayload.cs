using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>What follows a header, copied out piece by piece so that a picture is never held twice.</summary>
internal abstract class FramePayload
{
    /// <summary>Bytes.</summary>
    public abstract int Length { get; }

    /// <summary>The first byte, repeated in the header; 0 for an empty payload.</summary>
    public byte First => At(0);

    /// <summary>The last byte, repeated in the header; 0 for an empty payload.</summary>
    public byte Last => At(Length - 1);

    /// <summary>Copies a part.</summary>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="destination">Filled completely.</param>
    public abstract void Copy(int offset, Span<byte> destination);

    private byte At(int offset)
    {
        Span<byte> one = stackalloc byte[1];
        if (offset >= 0 && Length > 0)
        {
            Copy(offset, one);
        }

        return one[0];
    }
}

/// <summary>Samples as they are.</summary>
internal sealed class SamplePayload(Image16 image) : FramePayload
{
    /// <inheritdoc/>
    public override int Length => image.Samples.Length * sizeof(ushort);

    /// <inheritdoc/>
    public override void Copy(int offset, Span<byte> destination) => SampleBytes.Copy(image.Samples, offset, destination);
}

/// <summary>Bytes in several parts, as a ZIP archive's head, data and tail.</summary>
internal class BytesPayload(params ReadOnlyMemory<byte>[] parts) : FramePayload
{
    /// <inheritdoc/>
    public override int Length { get; } = parts.Sum(part => part.Length);

    /// <inheritdoc/>
    public override void Copy(int offset, Span<byte> destination)
    {
        foreach (var part in parts)
        {
            var length = Math.Clamp(part.Length - offset, 0, destination.Length);
            part.Span.Slice(length == 0 ? 0 : offset, length).CopyTo(destination);
            destination = destination[length..];
            offset = Math.Max(0, offset - part.Length);
        }
    }
}

/// <summary>A ZIP archive with one entry.</summary>
/// <param name="entry">Its deflated samples.</param>
/// <param name="stamp">Its date.</param>
/// <param name="layout">What surrounds the samples.</param>
internal sealed class ZipPayload(DeflatedSamples entry, DateTimeOffset stamp, ZipLayout layout)
    : BytesPayload(ZipStructure.Head(stamp, layout), entry.Compressed, ZipStructure.Tail(entry, stamp, layout))
{
    /// <summary>The same archive with another checksum than its samples have.</summary>
    public ZipPayload WithWrongCrc() => new(entry with { Crc = entry.Crc ^ 0x5A }, stamp, layout);

    /// <summary>An archive whose deflate stream ends too early; sizes and checksum are those of the whole samples.</summary>
    /// <param name="part">How much of the stream is left, 0 to 1.</param>
    public ZipPayload WithCutDeflate(double part) => new(entry with { Compressed = entry.Compressed[..(int)(part * entry.Compressed.Length)] }, stamp, layout);
}
