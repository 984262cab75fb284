using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Stars;

/// <summary>The top of what may be a star: the middle of the pixels that are about as high as the highest, on a saturated star a plateau.</summary>
internal readonly record struct StarPeak(double X, double Y, float Height);

/// <summary>Looks for local maxima that stand out of the noise and are wider than one pixel.</summary>
internal static class StarPeaks
{
    /// <summary>A peak is the highest of the 7 × 7 smoothed pixels around it.</summary>
    private const int Reach = 3;

    /// <summary>The part of the light that is green below which a peak is a hot red or blue pixel, which debayering made as wide as a star.</summary>
    private const double LeastGreen = 0.1;

    /// <summary>Neighbours of this part of a peak's height belong to its plateau, at most so many of them.</summary>
    private const float Plateau = 0.95f;
    private const int LargestPlateau = 2000;

    /// <summary>The highest peaks, highest first.</summary>
    /// <param name="plane">The picture's luminance.</param>
    /// <param name="smooth">The same, smoothed.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">What counts.</param>
    /// <param name="most">At most so many.</param>
    public static IReadOnlyList<StarPeak> Find(LuminancePlane plane, DetectionPlane smooth, RgbImage image, StarFinderOptions options, int most)
    {
        var peaks = new List<StarPeak>();
        for (var y = 1; y < smooth.Height - 1; y++)
        {
            var row = smooth.Row(y);
            for (var x = 1; x < row.Length - 1; x++)
            {
                // The neighbours beside come first: they rule out most of a star at once.
                if (row[x] > 0 && row[x] > row[x - 1] && row[x] >= row[x + 1]
                    && row[x] > options.Threshold * smooth.NoiseAt(x, y) && IsHighest(smooth, x, y))
                {
                    var (topX, topY) = Top(plane, x, y);
                    if (IsStar(plane, image, topX, topY, options))
                    {
                        peaks.Add(Middle(plane, topX, topY));
                    }
                }
            }
        }

        return [.. peaks.OrderByDescending(peak => peak.Height).Take(most)];
    }

    /// <summary>The highest pixel of the 3 × 3 around a peak of the smoothed picture, never the picture's outermost.</summary>
    private static (int X, int Y) Top(LuminancePlane plane, int x, int y)
    {
        var top = (X: x, Y: y);
        for (var j = Math.Max(1, y - 1); j <= Math.Min(plane.Height - 2, y + 1); j++)
        {
            for (var i = Math.Max(1, x - 1); i <= Math.Min(plane.Width - 2, x + 1); i++)
            {
                top = plane[i, j] > plane[top.X, top.Y] ? (i, j) : top;
            }
        }

        return top;
    }

    /// <summary>Of equal pixels the first counts.</summary>
    private static bool IsHighest(DetectionPlane smooth, int x, int y)
    {
        var height = smooth[x, y];
        for (var j = Math.Max(0, y - Reach); j <= Math.Min(smooth.Height - 1, y + Reach); j++)
        {
            for (var i = Math.Max(0, x - Reach); i <= Math.Min(smooth.Width - 1, x + Reach); i++)
            {
                var isBefore = j < y || (j == y && i < x);
                if (smooth[i, j] > height || (isBefore && smooth[i, j] == height))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The middle of the plateau that a pixel belongs to; of most stars it is one pixel.</summary>
    private static StarPeak Middle(LuminancePlane plane, int x, int y)
    {
        var lowest = Plateau * plane[x, y];
        var seen = new HashSet<(int X, int Y)> { (x, y) };
        var edge = new Queue<(int X, int Y)>(seen);
        while (edge.TryDequeue(out var pixel))
        {
            Visit((pixel.X - 1, pixel.Y));
            Visit((pixel.X + 1, pixel.Y));
            Visit((pixel.X, pixel.Y - 1));
            Visit((pixel.X, pixel.Y + 1));
        }

        return new StarPeak(seen.Average(pixel => pixel.X), seen.Average(pixel => pixel.Y), plane[x, y]);

        void Visit((int X, int Y) pixel)
        {
            var isInside = pixel.X >= 0 && pixel.X < plane.Width && pixel.Y >= 0 && pixel.Y < plane.Height;
            if (isInside && plane[pixel.X, pixel.Y] >= lowest && seen.Count < LargestPlateau && seen.Add(pixel))
            {
                edge.Enqueue(pixel);
            }
        }
    }

    private static bool IsStar(LuminancePlane plane, RgbImage image, int x, int y, StarFinderOptions options)
    {
        var sum = 0.0;
        for (var i = 0; i < 9; i++)
        {
            sum += i == 4 ? 0 : plane[x - 1 + (i % 3), y - 1 + (i / 3)];
        }

        // Not a number, where there is no data beside it, is no star.
        return sum >= 8 * options.LeastNeighbours * plane[x, y]
            && (image.Row(y)[(3 * x) + 1] >= options.Saturation || HasGreen(image, plane, x, y));
    }

    /// <summary>
    /// Whether the light above the sky is partly green. The sky's green is taken from a ring around the peak, which a saturated star may fill.
    /// </summary>
    private static bool HasGreen(RgbImage image, LuminancePlane plane, int x, int y)
    {
        Span<double> ring = stackalloc double[8 * Reach];
        var (count, core, light) = (0, 0, 0.0);
        for (var j = Math.Max(0, y - Reach); j <= Math.Min(image.Height - 1, y + Reach); j++)
        {
            var row = image.Row(j);
            for (var i = Math.Max(0, x - Reach); i <= Math.Min(image.Width - 1, x + Reach); i++)
            {
                var distance = Math.Max(Math.Abs(i - x), Math.Abs(j - y));
                if (distance == Reach)
                {
                    ring[count++] = row[(3 * i) + 1];
                }
                else if (distance <= 1)
                {
                    core += row[(3 * i) + 1];
                    light += plane[i, j];
                }
            }
        }

        return (core - (9 * Statistics.Background.Median(ring[..count]))) / 2 >= LeastGreen * light;
    }
}
