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
internal sealed class BytesPayload(params ReadOnlyMemory<byte>[] parts) : FramePayload
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
