using System.IO.Compression;
using SeestarAlpaca.Imaging.Checksums;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>The samples of a picture, deflated. Immutable.</summary>
/// <param name="Compressed">The deflate stream.</param>
/// <param name="Crc">CRC-32 of the samples' bytes.</param>
/// <param name="RawLength">Bytes before compression.</param>
internal sealed record DeflatedSamples(ReadOnlyMemory<byte> Compressed, uint Crc, int RawLength)
{
    private const int Piece = 128 * 1024;

    /// <summary>Deflates as fast as possible.</summary>
    public static DeflatedSamples Of(ReadOnlySpan<ushort> samples)
    {
        var length = samples.Length * sizeof(ushort);
        var compressed = new MemoryStream(length / 2);
        var crc = default(Crc32);
        var piece = new byte[Piece];
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var offset = 0; offset < length; offset += Piece)
            {
                var bytes = piece.AsSpan(0, Math.Min(Piece, length - offset));
                SampleBytes.Copy(samples, offset, bytes);
                crc.Append(bytes);
                deflate.Write(bytes);
            }
        }

        return new DeflatedSamples(compressed.GetBuffer().AsMemory(0, (int)compressed.Length), crc.Value, length);
    }
}
