using System.Buffers.Binary;
using System.IO.Compression;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Fits;

/// <summary>Reads 16-bit pictures from FITS files, such as a telescope's subs. Thread safe.</summary>
public static class FitsReader
{
    private const ushort SignBit = 0x8000;

    /// <summary>Reads the picture of the primary header, and nothing after it.</summary>
    /// <param name="stream">
    /// A FITS file, or one within gzip (recognised by its first bytes 1F 8B). It is read from its present position and left open; from
    /// a gzip file more may be taken than is used.
    /// </param>
    /// <returns>
    /// Two axes give a <see cref="BayerImage"/> with BAYERPAT (XBAYROFF and YBAYROFF shift it) and a <see cref="MonoImage"/> without;
    /// three axes with three planes give an <see cref="RgbImage"/>. The first row is the top one unless ROWORDER is BOTTOM-UP; then
    /// the rows are turned round, and BAYERPAT is taken to tell of the rows as stored.
    /// </returns>
    /// <exception cref="InvalidDataException">
    /// No FITS file, or not a picture of 16-bit values from 0 to 65535 (BITPIX 16, BSCALE 1, BZERO 32768; or BZERO 0 without negative
    /// values) with sides up to 16384, or its header is longer than <see cref="FitsHeader.MaxBlocks"/> blocks.
    /// </exception>
    /// <exception cref="EndOfStreamException">The file ends before its last pixel.</exception>
    public static FitsImage Read(Stream stream)
    {
        var start = new byte[2];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        using var whole = new PrefixedStream(start.AsMemory(0, length), stream);
        if (start is not [0x1F, 0x8B])
        {
            return ReadPlain(whole);
        }

        using var inflated = new GZipStream(whole, CompressionMode.Decompress);
        return ReadPlain(inflated);
    }

    private static FitsImage ReadPlain(Stream stream)
    {
        var header = FitsHeader.Read(stream);
        var layout = FitsLayout.Of(header);
        Image16 image = layout switch
        {
            { Planes: 3 } => new RgbImage(layout.Width, layout.Height),
            { Phase: { } phase } => new BayerImage(layout.Width, layout.Height, phase),
            _ => new MonoImage(layout.Width, layout.Height),
        };
        ReadPixels(stream, layout, image.Writable);
        return new FitsImage(header, image);
    }

    /// <summary>Plane after plane, row after row, into samples that lie side by side.</summary>
    private static void ReadPixels(Stream stream, FitsLayout layout, Span<ushort> samples)
    {
        var bytes = new byte[layout.Width * sizeof(ushort)];
        var rowLength = layout.Width * layout.Planes;
        for (var plane = 0; plane < layout.Planes; plane++)
        {
            for (var y = 0; y < layout.Height; y++)
            {
                if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                {
                    throw new EndOfStreamException($"The FITS file ends inside row {y + 1} of {layout.Height} of plane {plane + 1} of {layout.Planes}.");
                }

                var row = samples.Slice((layout.IsBottomUp ? layout.Height - 1 - y : y) * rowLength, rowLength);
                Decode(bytes, layout, row[plane..]);
            }
        }
    }

    private static void Decode(ReadOnlySpan<byte> bytes, FitsLayout layout, Span<ushort> row)
    {
        var seen = 0;
        for (int i = 0, x = 0; i < bytes.Length; i += sizeof(ushort), x += layout.Planes)
        {
            var stored = BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
            seen |= stored;
            row[x] = layout.IsUnsigned ? (ushort)(stored ^ SignBit) : stored;
        }

        if (!layout.IsUnsigned && (seen & SignBit) != 0)
        {
            throw new InvalidDataException("The FITS file has negative pixels (BZERO 0); only values from 0 to 65535 are read.");
        }
    }
}
