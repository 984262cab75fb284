using System.Buffers;
using System.Runtime.InteropServices;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>The samples of a picture that is being filled, as bytes that can be read into.</summary>
/// <param name="image">The picture; to be kept for as long as these bytes are used.</param>
internal sealed class SampleBytes(Image16 image) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(image.Writable);

    /// <exception cref="NotSupportedException">Always: only reading from a file or a socket asks for it, and what is read into these bytes comes from an inflater.</exception>
    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("Samples are not pinned.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
