using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Registration;

/// <summary>
/// Interpolates a colour picture on the grid of another, row by row, with the cubic of Catmull and Rom over 4 × 4 pixels: a whole-pixel
/// shift is exact, and stars stay nearly as sharp as they are. A result never leaves the range of the pixels it is made of, so that nothing rings
/// around saturated stars.
/// </summary>
/// <remarks>Thread safe, as long as the picture is not disposed.</remarks>
/// <param name="image">The picture.</param>
/// <param name="transform">From coordinates of the grid to coordinates of the picture.</param>
public sealed class Resampler(RgbImage image, RigidTransform transform)
{
    /// <summary>What rounding may take a point outside that lies on the border.</summary>
    private const double Slack = 1e-6;

    private readonly double _sine = Math.Sin(transform.Rotation);
    private readonly double _cosine = Math.Cos(transform.Rotation);

    /// <summary>
    /// The columns of a row whose centres lie within the picture, between the centres of its outermost pixels; elsewhere there is no data.
    /// </summary>
    /// <param name="y">The row of the grid; any.</param>
    /// <param name="width">Columns of the grid.</param>
    /// <returns>The first column, and the one after the last; both alike if there is none.</returns>
    public (int From, int To) Covered(int y, int width)
    {
        var (low, high) = (0.0, width - 1.0);
        Narrow(ref low, ref high, transform.X - (_sine * y), _cosine, image.Width - 1);
        Narrow(ref low, ref high, transform.Y + (_cosine * y), _sine, image.Height - 1);
        var (from, to) = (Math.Ceiling(low - Slack), Math.Floor(high + Slack) + 1);
        return from < to ? ((int)from, (int)to) : (0, 0);
    }

    /// <summary>Makes one row.</summary>
    /// <param name="y">The row of the grid; any.</param>
    /// <param name="target">Red, green and blue for each column of the grid; where there is no data it becomes 0.</param>
    /// <returns>The columns with data, as <see cref="Covered"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not three samples for each column.</exception>
    public (int From, int To) ReadRow(int y, Span<ushort> target)
    {
        if (target.Length % 3 != 0)
        {
            throw new ArgumentException($"A row has three samples for each pixel; {target.Length} is not divisible by 3.", nameof(target));
        }

        var (from, to) = Covered(y, target.Length / 3);
        target[..(3 * from)].Clear();
        target[(3 * to)..].Clear();
        var samples = image.Samples;
        Span<ushort> border = stackalloc ushort[Neighbourhood.Samples];
        for (var x = from; x < to; x++)
        {
            var sourceX = Math.Clamp((_cosine * x) - (_sine * y) + transform.X, 0, image.Width - 1);
            var sourceY = Math.Clamp((_sine * x) + (_cosine * y) + transform.Y, 0, image.Height - 1);
            Interpolate(samples, sourceX, sourceY, border, target.Slice(3 * x, 3));
        }

        return (from, to);
    }

    /// <summary>Makes the whole picture, with 0 in all channels where there is no data.</summary>
    /// <param name="width">Columns of the grid; at least 1.</param>
    /// <param name="height">Rows of the grid; at least 1.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public RgbImage Read(int width, int height, PixelPool? pool = null)
    {
        var result = new RgbImage(width, height, pool);
        for (var y = 0; y < height; y++)
        {
            ReadRow(y, result.Writable.Slice(3 * width * y, 3 * width));
        }

        return result;
    }

    /// <summary>Leaves of a range of x those for which 0 ≤ start + slope·x ≤ highest.</summary>
    private static void Narrow(ref double low, ref double high, double start, double slope, double highest)
    {
        if (Math.Abs(slope) < 1e-12)
        {
            high = start < -Slack || start > highest + Slack ? low - 1 : high;
            return;
        }

        var (first, last) = (-start / slope, (highest - start) / slope);
        low = Math.Max(low, Math.Min(first, last));
        high = Math.Min(high, Math.Max(first, last));
    }

    private void Interpolate(ReadOnlySpan<ushort> samples, double x, double y, Span<ushort> border, Span<ushort> pixel)
    {
        var (left, top) = ((int)x, (int)y);
        var down = CubicWeights.For((float)(y - top));
        var neighbours = new Neighbourhood();
        neighbours.Add(FourPixels(samples, left - 1, top - 1, border), down.Before);
        neighbours.Add(FourPixels(samples, left - 1, top, border), down.At);
        neighbours.Add(FourPixels(samples, left - 1, top + 1, border), down.After);
        neighbours.Add(FourPixels(samples, left - 1, top + 2, border), down.Last);
        neighbours.Read(CubicWeights.For((float)(x - left)), pixel);
    }

    /// <summary>Four pixels of a row. Those outside the picture are copies of the outermost.</summary>
    private ReadOnlySpan<ushort> FourPixels(ReadOnlySpan<ushort> samples, int left, int y, Span<ushort> border)
    {
        var row = 3 * image.Width * Math.Clamp(y, 0, image.Height - 1);
        if (left >= 0 && left + Neighbourhood.Side <= image.Width)
        {
            return samples.Slice(row + (3 * left), Neighbourhood.Samples);
        }

        for (var i = 0; i < Neighbourhood.Side; i++)
        {
            samples.Slice(row + (3 * Math.Clamp(left + i, 0, image.Width - 1)), 3).CopyTo(border[(3 * i)..]);
        }

        return border;
    }
}
