using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>16-bit samples as the telescope sends them: little-endian (<c>seestar-protocol.md</c> §5.4).</summary>
internal static class SampleBytes
{
    /// <summary>Copies a part of the bytes that samples are on the wire.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="offset">The first byte wanted; may lie inside a sample.</param>
    /// <param name="destination">Filled completely.</param>
    public static void Copy(ReadOnlySpan<ushort> samples, int offset, Span<byte> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(samples).Slice(offset, destination.Length).CopyTo(destination);
            return;
        }

        for (var i = 0; i < destination.Length; i++)
        {
            var sample = BinaryPrimitives.ReverseEndianness(samples[(offset + i) / 2]);
            destination[i] = (byte)((offset + i) % 2 == 0 ? sample >> 8 : sample);
        }
    }
}
