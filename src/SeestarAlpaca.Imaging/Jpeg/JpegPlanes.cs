using System.Runtime.Intrinsics;
using SeestarAlpaca.Imaging.Pictures;

namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>
/// Some rows of a picture as brightness and colour (JFIF: Y, Cb, Cr of BT.601, full range), each sample less 128. Beyond the picture's
/// edges its last column and row go on.
/// </summary>
internal sealed class JpegPlanes
{
    private const int Offset = 128;

    private readonly Image8 _image;

    /// <summary>Makes room.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="side">Rows at a time, and what the width is filled up to a multiple of.</param>
    public JpegPlanes(Image8 image, int side)
    {
        (_image, Rows, Stride) = (image, side, (image.Width + side - 1) / side * side);
        Planes = [.. Enumerable.Range(0, image.SamplesPerPixel).Select(_ => new float[Stride * Rows])];
    }

    /// <summary>Rows at a time.</summary>
    public int Rows { get; }

    /// <summary>Samples in a row of a plane.</summary>
    public int Stride { get; }

    /// <summary>Gray, or brightness, blue difference and red difference.</summary>
    public float[][] Planes { get; }

    /// <summary>Reads rows.</summary>
    /// <param name="top">The first.</param>
    public void Read(int top)
    {
        for (var y = 0; y < Rows; y++)
        {
            var source = _image.Row(Math.Min(top + y, _image.Height - 1));
            if (Planes.Length == 1)
            {
                Convert(source, Row(0, y));
            }
            else
            {
                Convert(source, Row(0, y), Row(1, y), Row(2, y));
            }

            for (var plane = 0; plane < Planes.Length; plane++)
            {
                var row = Row(plane, y);
                row[_image.Width..].Fill(row[_image.Width - 1]);
            }
        }
    }

    /// <summary>Puts the mean of 2 × 2 samples of a plane where its first quarter was: half the rows of half the length.</summary>
    public void Halve(int plane)
    {
        var samples = Planes[plane].AsSpan();
        for (var y = 0; y < Rows; y += 2)
        {
            var upper = samples.Slice(y * Stride, Stride);
            var lower = samples.Slice((y + 1) * Stride, Stride);
            var mean = samples.Slice(y / 2 * (Stride / 2), Stride / 2);
            for (var x = 0; x < mean.Length; x++)
            {
                mean[x] = 0.25f * (upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1]);
            }
        }
    }

    /// <summary>Gray: only less 128.</summary>
    internal static void Convert(ReadOnlySpan<byte> source, Span<float> gray)
    {
        for (var x = 0; x < source.Length; x++)
        {
            gray[x] = source[x] - Offset;
        }
    }

    /// <summary>Colour, four pixels at a time; a vector has the same operations in the same order as a pixel alone.</summary>
    internal static void Convert(ReadOnlySpan<byte> source, Span<float> brightness, Span<float> blue, Span<float> red)
    {
        var (x, pixels) = (0, source.Length / 3);
        for (; (3 * x) + Vector128<byte>.Count <= source.Length; x += 4)
        {
            var bytes = Vector128.Create(source[(3 * x)..]);
            var r = Channel(bytes, Vector128.Create((byte)0, 255, 255, 255, 3, 255, 255, 255, 6, 255, 255, 255, 9, 255, 255, 255));
            var g = Channel(bytes, Vector128.Create((byte)1, 255, 255, 255, 4, 255, 255, 255, 7, 255, 255, 255, 10, 255, 255, 255));
            var b = Channel(bytes, Vector128.Create((byte)2, 255, 255, 255, 5, 255, 255, 255, 8, 255, 255, 255, 11, 255, 255, 255));
            ((r * 0.299f) + (g * 0.587f) + (b * 0.114f) - Vector128.Create((float)Offset)).CopyTo(brightness[x..]);
            ((b * 0.5f) - (r * 0.168735892f) - (g * 0.331264108f)).CopyTo(blue[x..]);
            ((r * 0.5f) - (g * 0.418687589f) - (b * 0.081312411f)).CopyTo(red[x..]);
        }

        for (; x < pixels; x++)
        {
            float r = source[3 * x], g = source[(3 * x) + 1], b = source[(3 * x) + 2];
            brightness[x] = (r * 0.299f) + (g * 0.587f) + (b * 0.114f) - Offset;
            blue[x] = (b * 0.5f) - (r * 0.168735892f) - (g * 0.331264108f);
            red[x] = (r * 0.5f) - (g * 0.418687589f) - (b * 0.081312411f);
        }
    }

    private static Vector128<float> Channel(Vector128<byte> bytes, Vector128<byte> places) =>
        Vector128.ConvertToSingle(Vector128.Shuffle(bytes, places).AsInt32());

    private Span<float> Row(int plane, int y) => Planes[plane].AsSpan(y * Stride, Stride);
}
