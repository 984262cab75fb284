using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Http;

namespace SeestarAlpaca.Alpaca.Images;

/// <summary>ImageBytes, metadata version 1: 44 bytes of header, then the samples, all little-endian (alpaca-camera.md §4.3).</summary>
internal static class ImageBytes
{
    /// <summary>Exactly this: with a charset behind it alpyca takes the body for JSON.</summary>
    public const string ContentType = "application/imagebytes";

    /// <summary>Bytes before the samples.</summary>
    public const int HeaderLength = 44;

    /// <summary>Bytes of the whole body.</summary>
    public static long Length(AlpacaImage image) =>
        HeaderLength + ((long)image.Width * image.Height * image.Planes * (image.WideSamples.IsEmpty ? sizeof(ushort) : sizeof(int)));

    /// <summary>Writes the body piece by piece, no faster than the client takes it.</summary>
    public static async Task WriteAsync(PipeWriter output, AlpacaImage image, TransactionIds ids, CancellationToken cancellationToken)
    {
        WriteHeader(output.GetSpan(HeaderLength), image, ids);
        output.Advance(HeaderLength);
        if (image.WideSamples.IsEmpty)
        {
            await WriteSamplesAsync(output, image.Samples, cancellationToken);
        }
        else
        {
            await WriteSamplesAsync(output, image.WideSamples, cancellationToken);
        }
    }

    /// <summary>
    /// Writes the header. The array is Int32 to the client, as ASCOM has it; 16 bit samples travel as UInt16, which every client unpacks.
    /// </summary>
    internal static void WriteHeader(Span<byte> destination, AlpacaImage image, TransactionIds ids)
    {
        var transmitted = image.WideSamples.IsEmpty ? ImageArrayElementTypes.UInt16 : ImageArrayElementTypes.Int32;
        ReadOnlySpan<uint> fields =
        [
            1, // metadata version
            0, // error number
            ids.ClientTransaction,
            ids.ServerTransaction,
            HeaderLength,
            (uint)ImageArrayElementTypes.Int32,
            (uint)transmitted,
            (uint)image.Rank,
            (uint)image.Width,
            (uint)image.Height,
            image.Rank == 3 ? (uint)image.Planes : 0,
        ];
        for (var i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(i * sizeof(uint))..], fields[i]);
        }
    }

    /// <summary>Copies samples into little-endian bytes.</summary>
    /// <param name="alike">Whether this machine keeps numbers as the wire has them.</param>
    internal static void CopySamples<T>(ReadOnlySpan<T> samples, Span<byte> destination, bool alike)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (alike)
        {
            MemoryMarshal.AsBytes(samples).CopyTo(destination);
            return;
        }

        foreach (var sample in samples)
        {
            destination = destination[sample.WriteLittleEndian(destination)..];
        }
    }

    private static async Task WriteSamplesAsync<T>(PipeWriter output, ReadOnlyMemory<T> samples, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryInteger<T>
    {
        var size = Unsafe.SizeOf<T>();
        while (!samples.IsEmpty)
        {
            var piece = samples[..Math.Min(samples.Length, ImageReply.PieceLength / size)];
            CopySamples(piece.Span, output.GetSpan(piece.Length * size), BitConverter.IsLittleEndian);
            output.Advance(piece.Length * size);
            samples = samples[piece.Length..];
            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
            {
                return;
            }
        }
    }
}
