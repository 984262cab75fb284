namespace SeestarAlpaca.Imaging.Pictures;

/// <summary>A picture to be looked at: 8 bits a sample, row by row, top row first, the samples of one pixel side by side. Immutable by agreement.</summary>
public sealed class Image8
{
    /// <summary>Takes over the samples.</summary>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="samplesPerPixel">1 for gray, 3 for red, green, blue.</param>
    /// <param name="samples">Width · height · samples per pixel of them.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public Image8(int width, int height, int samplesPerPixel, byte[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (samplesPerPixel is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(samplesPerPixel), samplesPerPixel, "A pixel has 1 sample (gray) or 3 (red, green, blue).");
        }

        if (samples.LongLength != (long)width * height * samplesPerPixel)
        {
            throw new ArgumentException(
                $"{width} × {height} pixels of {samplesPerPixel} need {(long)width * height * samplesPerPixel} samples, not {samples.Length}.", nameof(samples));
        }

        (Width, Height, SamplesPerPixel, Samples) = (width, height, samplesPerPixel, samples);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 for gray, 3 for red, green, blue.</summary>
    public int SamplesPerPixel { get; }

    /// <summary>All samples.</summary>
    public ReadOnlyMemory<byte> Samples { get; }

    /// <summary>One row: width · samples per pixel.</summary>
    /// <param name="y">0 (top) to <see cref="Height"/> − 1.</param>
    public ReadOnlySpan<byte> Row(int y) => Samples.Span.Slice(y * Width * SamplesPerPixel, Width * SamplesPerPixel);
}
