using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;

namespace SeestarAlpaca.Imaging.Tiff;

/// <summary>
/// Writes TIFF files of 8 and 16 bits, gray and colour: little-endian, uncompressed, in strips, the samples of a pixel side by side, so that
/// every program reads them and the length is known beforehand. Thread safe. Rules: TIFF 6.0, baseline.
/// </summary>
public sealed class TiffEncoder : ILinearPictureEncoder
{
    /// <inheritdoc/>
    public string MediaType => "image/tiff";

    /// <inheritdoc/>
    public string FileExtension => "tif";

    /// <summary>The length in bytes of the file that a picture gives.</summary>
    /// <exception cref="ArgumentException">The file would be longer than TIFF can tell: 4 GiB.</exception>
    public static long LengthOf(Image16 image) => Layout(image).FileLength;

    /// <summary>The length in bytes of the file that a picture gives.</summary>
    /// <exception cref="ArgumentException">The file would be longer than TIFF can tell: 4 GiB.</exception>
    public static long LengthOf(Image8 image) => Layout(image).FileLength;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The file would be longer than TIFF can tell: 4 GiB.</exception>
    public void Encode(Image8 image, Stream stream)
    {
        stream.Write(Layout(image).Header());
        stream.Write(image.Samples.Span);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The file would be longer than TIFF can tell: 4 GiB.</exception>
    public void Encode(Image16 image, Stream stream)
    {
        stream.Write(Layout(image).Header());
        var bytes = new byte[image.Width * image.SamplesPerPixel * sizeof(ushort)];
        for (var y = 0; y < image.Height; y++)
        {
            WriteRow(stream, image.Row(y), bytes);
        }
    }

    private static void WriteRow(Stream stream, ReadOnlySpan<ushort> row, byte[] bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(row));
            return;
        }

        BinaryPrimitives.ReverseEndianness(row, MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()));
        stream.Write(bytes);
    }

    private static TiffLayout Layout(Image16 image) => Checked(new TiffLayout(image.Width, image.Height, image.SamplesPerPixel, BitsPerSample: 16));

    private static TiffLayout Layout(Image8 image) => Checked(new TiffLayout(image.Width, image.Height, image.SamplesPerPixel, BitsPerSample: 8));

    private static TiffLayout Checked(TiffLayout image) => image.FileLength <= uint.MaxValue
        ? image
        : throw new ArgumentException(
            $"A TIFF file has at most {uint.MaxValue} bytes; {image.Width} × {image.Height} pixels would need {image.FileLength}.", nameof(image));
}
