using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Geometry;

/// <summary>Makes pictures smaller by the mean of n × n pixels, rounded half up. Pure and thread safe.</summary>
public static class Binning
{
    /// <summary>The largest n.</summary>
    public const int MaxFactor = 16;

    /// <summary>A picture of the same type with width ÷ n columns and height ÷ n rows; a rest of less than n is dropped.</summary>
    /// <remarks>
    /// <para>Colour and monochrome: pixel (X, Y) is the mean of the n × n pixels from (n·X, n·Y), for each channel.</para>
    /// <para>
    /// Bayer: the phase stays. Pixel (X, Y) is the mean of the n × n pixels of its colour and place in the cells which its own cell
    /// covers, that is (2n·⌊X/2⌋ + X mod 2 + 2i, 2n·⌊Y/2⌋ + Y mod 2 + 2j) for i, j from 0 to n − 1. The two greens of a cell are not mixed.
    /// Where width ÷ n is odd, the cells under the last column may reach beyond the picture: then it is the mean of those inside; so for rows.
    /// </para>
    /// </remarks>
    /// <param name="image">A picture of any type.</param>
    /// <param name="factor">n, 1 to <see cref="MaxFactor"/>, at most the shorter side. 1 gives a further lease on the same pixels.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is out of range.</exception>
    public static T Mean<T>(T image, int factor, PixelPool? pool = null)
        where T : Image16
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factor, Math.Min(MaxFactor, Math.Min(image.Width, image.Height)));
        if (factor == 1)
        {
            return (T)image.Share();
        }

        // How many samples, and rows, it takes until the same channel comes again.
        var (periodX, periodY) = image is BayerImage ? (2, 2) : (image.SamplesPerPixel, 1);
        var result = NewImage.Like(image, image.Width / factor, image.Height / factor, pool);
        var rowLength = result.Width * result.SamplesPerPixel;
        var sums = new int[image.Width * image.SamplesPerPixel];
        for (var y = 0; y < result.Height; y++)
        {
            var firstRow = (y / periodY * periodY * factor) + (y % periodY);
            var rows = AddRows(image, firstRow, periodY, factor, sums);
            Average(sums, rows, periodX, factor, result.Writable.Slice(y * rowLength, rowLength));
        }

        return result;
    }

    /// <summary>Adds up n rows, a period apart.</summary>
    /// <returns>How many rows there were: n, or fewer at the bottom.</returns>
    private static int AddRows(Image16 image, int first, int period, int factor, Span<int> sums)
    {
        sums.Clear();
        var rows = 0;
        for (var y = first; rows < factor && y < image.Height; y += period, rows++)
        {
            var row = image.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                sums[i] += row[i];
            }
        }

        return rows;
    }

    /// <summary>Adds up n sums, a period apart, for each sample of the row; fewer at the right.</summary>
    private static void Average(ReadOnlySpan<int> sums, int rows, int period, int factor, Span<ushort> target)
    {
        var position = 0;
        for (var start = 0; position < target.Length; start += period * factor)
        {
            for (var offset = 0; offset < period && position < target.Length; offset++)
            {
                var (sum, columns) = (0, 0);
                for (var i = start + offset; columns < factor && i < sums.Length; i += period, columns++)
                {
                    sum += sums[i];
                }

                var count = rows * columns;
                target[position++] = (ushort)(((2 * sum) + count) / (2 * count));
            }
        }
    }
}
