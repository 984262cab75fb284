using SeestarAlpaca.Imaging.Pictures;

namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>
/// Writes baseline JPEG files, gray and colour (JFIF, Huffman codes of annex K). Quality means what it means to libjpeg: files are as good and
/// as large as those of cjpeg. Rules: ITU-T T.81. Beside the picture it holds 16 rows of it.
/// </summary>
public sealed class JpegEncoder : IPictureEncoder
{
    /// <summary>The quality used where none is asked for.</summary>
    public const int DefaultQuality = 85;

    /// <summary>The longest side that the format can tell.</summary>
    public const int MaxSide = 65535;

    private const int BlockSide = 8;

    private readonly JpegSampling _sampling;
    private readonly QuantizationTable _luminance;
    private readonly QuantizationTable _chrominance;

    /// <param name="quality">1 (smallest files) to 100 (best pictures).</param>
    /// <param name="sampling">How much of the colour is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of its range.</exception>
    public JpegEncoder(int quality = DefaultQuality, JpegSampling sampling = JpegSampling.Half)
    {
        if (quality is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(quality), quality, "The quality of a JPEG picture is from 1 to 100.");
        }

        _sampling = sampling;
        (_luminance, _chrominance) = (QuantizationTable.OfLuminance(quality), QuantizationTable.OfChrominance(quality));
    }

    /// <inheritdoc/>
    public string MediaType => "image/jpeg";

    /// <inheritdoc/>
    public string FileExtension => "jpg";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A side is longer than <see cref="MaxSide"/> pixels.</exception>
    public void Encode(Image8 image, Stream stream)
    {
        if (image.Width > MaxSide || image.Height > MaxSide)
        {
            throw new ArgumentException($"JPEG pictures have at most {MaxSide} pixels a side, not {image.Width} × {image.Height}.", nameof(image));
        }

        JpegHeader.Write(stream, image, _sampling, _luminance, _chrominance);
        var writer = new JpegBitWriter(stream);
        WriteBlocks(image, writer);
        writer.End();
        stream.Write([0xFF, 0xD9]);
    }

    private void WriteBlocks(Image8 image, JpegBitWriter writer)
    {
        var isHalved = image.SamplesPerPixel > 1 && _sampling == JpegSampling.Half;
        var planes = new JpegPlanes(image, isHalved ? 2 * BlockSide : BlockSide);
        JpegComponent[] components =
        [
            new(_luminance, HuffmanTable.LuminanceDc, HuffmanTable.LuminanceAc),
            new(_chrominance, HuffmanTable.ChrominanceDc, HuffmanTable.ChrominanceAc),
            new(_chrominance, HuffmanTable.ChrominanceDc, HuffmanTable.ChrominanceAc),
        ];
        for (var top = 0; top < image.Height; top += planes.Rows)
        {
            planes.Read(top);
            for (var plane = 1; isHalved && plane < planes.Planes.Length; plane++)
            {
                planes.Halve(plane);
            }

            for (var left = 0; left < planes.Stride; left += planes.Rows)
            {
                for (var plane = 0; plane < planes.Planes.Length; plane++)
                {
                    WriteUnit(writer, components[plane], planes, plane, left, isHalved);
                }
            }
        }
    }

    /// <summary>The blocks of one plane in one unit: one, or the four of brightness where colour is halved.</summary>
    private static void WriteUnit(JpegBitWriter writer, JpegComponent component, JpegPlanes planes, int plane, int left, bool isHalved)
    {
        ReadOnlySpan<float> samples = planes.Planes[plane];
        if (!isHalved)
        {
            component.WriteBlock(writer, samples[left..], planes.Stride);
        }
        else if (plane > 0)
        {
            component.WriteBlock(writer, samples[(left / 2)..], planes.Stride / 2);
        }
        else
        {
            component.WriteBlock(writer, samples[left..], planes.Stride);
            component.WriteBlock(writer, samples[(left + BlockSide)..], planes.Stride);
            component.WriteBlock(writer, samples[((BlockSide * planes.Stride) + left)..], planes.Stride);
            component.WriteBlock(writer, samples[((BlockSide * planes.Stride) + left + BlockSide)..], planes.Stride);
        }
    }
}
