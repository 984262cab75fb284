using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Color;

/// <summary>Makes colour pictures of raw exposures. Pure and thread safe; all means are rounded half up.</summary>
public static class Demosaic
{
    private const int Green = 1;

    /// <summary>
    /// A colour picture of the same size: each pixel keeps its own colour as it is, and a colour it lacks is the mean of the pixels
    /// of that colour in the 3 × 3 pixels around it, as far as they lie inside the picture.
    /// </summary>
    /// <param name="image">A raw exposure of any phase; at least 2 × 2, since one row or column lacks a colour.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <exception cref="ArgumentException">The picture is smaller than 2 × 2.</exception>
    public static RgbImage Bilinear(BayerImage image, PixelPool? pool = null)
    {
        RequireOneCell(image);
        var result = new RgbImage(image.Width, image.Height, pool);
        var (right, bottom) = (image.Width - 1, image.Height - 1);
        for (var y = 1; y < bottom; y++)
        {
            InterpolateInterior(image, y, Row(result, y));
        }

        for (var x = 0; x <= right; x++)
        {
            InterpolateBorder(image, x, 0, Row(result, 0));
            InterpolateBorder(image, x, bottom, Row(result, bottom));
        }

        for (var y = 1; y < bottom; y++)
        {
            InterpolateBorder(image, 0, y, Row(result, y));
            InterpolateBorder(image, right, y, Row(result, y));
        }

        return result;
    }

    /// <summary>
    /// A colour picture of half the size: each 2 × 2 cell becomes one pixel, its green the mean of the two greens. An odd last row
    /// or column is dropped.
    /// </summary>
    /// <param name="image">A raw exposure of any phase; at least 2 × 2.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <exception cref="ArgumentException">The picture is smaller than 2 × 2.</exception>
    public static RgbImage SuperPixel(BayerImage image, PixelPool? pool = null)
    {
        RequireOneCell(image);
        var result = new RgbImage(image.Width / 2, image.Height / 2, pool);
        var (redX, redY) = (image.Phase.RedX(), image.Phase.RedY());
        for (var y = 0; y < result.Height; y++)
        {
            var redRow = image.Row((2 * y) + redY);
            var blueRow = image.Row((2 * y) + 1 - redY);
            var target = Row(result, y);
            for (int x = 0, i = 0; x < 2 * result.Width; x += 2, i += 3)
            {
                target[i] = redRow[x + redX];
                target[i + 1] = (ushort)((redRow[x + 1 - redX] + blueRow[x + redX] + 1) >> 1);
                target[i + 2] = blueRow[x + 1 - redX];
            }
        }

        return result;
    }

    /// <summary>All pixels of a row but the first and the last; the row is neither the first nor the last.</summary>
    private static void InterpolateInterior(BayerImage image, int y, Span<ushort> target)
    {
        var above = image.Row(y - 1);
        var row = image.Row(y);
        var below = image.Row(y + 1);
        var greenParity = image.Phase.Channel(0, y) == Green ? 0 : 1;
        var own = image.Phase.Channel(1 - greenParity, y);
        var other = 2 - own;
        for (var x = 1; x < row.Length - 1; x++)
        {
            var pixel = target.Slice(3 * x, 3);
            var (beside, upright) = (row[x - 1] + row[x + 1], above[x] + below[x]);
            if ((x & 1) == greenParity)
            {
                pixel[own] = (ushort)((beside + 1) >> 1);
                pixel[Green] = row[x];
                pixel[other] = (ushort)((upright + 1) >> 1);
            }
            else
            {
                pixel[own] = row[x];
                pixel[Green] = (ushort)((beside + upright + 2) >> 2);
                pixel[other] = (ushort)((above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1] + 2) >> 2);
            }
        }
    }

    /// <summary>One pixel anywhere, its neighbours looked for one by one.</summary>
    private static void InterpolateBorder(BayerImage image, int x, int y, Span<ushort> target)
    {
        Span<int> sums = stackalloc int[3];
        Span<int> counts = stackalloc int[3];
        sums.Clear();
        counts.Clear();
        for (var j = Math.Max(y - 1, 0); j <= Math.Min(y + 1, image.Height - 1); j++)
        {
            var row = image.Row(j);
            for (var i = Math.Max(x - 1, 0); i <= Math.Min(x + 1, image.Width - 1); i++)
            {
                var channel = image.Phase.Channel(i, j);
                sums[channel] += row[i];
                counts[channel]++;
            }
        }

        var pixel = target.Slice(3 * x, 3);
        for (var channel = 0; channel < 3; channel++)
        {
            pixel[channel] = (ushort)(((2 * sums[channel]) + counts[channel]) / (2 * counts[channel]));
        }

        pixel[image.Phase.Channel(x, y)] = image.Row(y)[x];
    }

    private static Span<ushort> Row(RgbImage image, int y) => image.Writable.Slice(3 * y * image.Width, 3 * image.Width);

    private static void RequireOneCell(BayerImage image)
    {
        if (image.Width < 2 || image.Height < 2)
        {
            throw new ArgumentException(
                $"A picture of {image.Width} × {image.Height} pixels does not hold every colour; at least 2 × 2 are needed.", nameof(image));
        }
    }
}
