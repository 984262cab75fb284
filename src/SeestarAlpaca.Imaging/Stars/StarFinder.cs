using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Stars;

/// <summary>
/// Finds and measures the stars of a linear colour picture: a debayered sub or a stack. Pure, deterministic and thread safe. A picture of
/// 1080 × 1920 takes about a tenth of a second.
/// </summary>
public static class StarFinder
{
    private const double FwhmPerDeviation = 2.3548;

    /// <summary>The aperture's radius in full widths at half maximum: all but a few thousandths of a Gaussian's light.</summary>
    private const double ApertureRadius = 1.5;

    private const double SmallestAperture = 3;

    /// <summary>A peak with less signal-to-noise ratio in its aperture is noise.</summary>
    private const double LeastSnr = 3;

    /// <summary>Peaks that are measured for each star wanted: some turn out to be none.</summary>
    private const int PeaksPerStar = 3;

    /// <summary>
    /// The stars, those with the greatest flux first. The sky is the median of tiles and its noise 1.4826 · MAD; peaks above a multiple of
    /// the noise that are no hot pixels are measured in windows. Pixels that are 0 in all channels are no data.
    /// </summary>
    /// <param name="image">The picture; at least 3 × 3 pixels, smaller ones have no stars.</param>
    /// <param name="options">What counts; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IReadOnlyList<DetectedStar> Find(RgbImage image, StarFinderOptions? options = null)
    {
        options ??= new StarFinderOptions();
        if (options.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        return Find(image, new LuminancePlane(image), options);
    }

    /// <summary>The same of a picture whose sky has been measured and taken off.</summary>
    private static List<DetectedStar> Find(RgbImage image, LuminancePlane plane, StarFinderOptions options)
    {
        var stars = new List<DetectedStar>();
        foreach (var peak in StarPeaks.Find(plane, new DetectionPlane(plane), image, options, PeaksPerStar * options.MaxStars))
        {
            if (StarShape.At(plane, peak) is { } shape
                && !stars.Exists(star => Overlap(star, shape))
                && Measure(plane, image, shape, options) is { } found)
            {
                stars.Add(found);
            }
        }

        return [.. stars.OrderByDescending(star => star.Flux).Take(options.MaxStars)];
    }

    /// <summary>Whether two centres are so near that both are the same star, as on the plateau of a saturated one.</summary>
    private static bool Overlap(DetectedStar star, StarShape shape)
    {
        var (dx, dy) = (star.X - shape.X, star.Y - shape.Y);
        return (dx * dx) + (dy * dy) < star.Fwhm * star.Fwhm;
    }

    private static DetectedStar? Measure(LuminancePlane plane, RgbImage image, StarShape shape, StarFinderOptions options)
    {
        var (centreX, centreY) = ((int)Math.Round(shape.X), (int)Math.Round(shape.Y));
        if (centreX < 0 || centreY < 0 || centreX >= plane.Width || centreY >= plane.Height)
        {
            return null;
        }

        var noise = plane.NoiseAt(centreX, centreY);
        var isSaturated = IsSaturated(image, centreX, centreY, options.Saturation);
        shape = isSaturated ? shape : StarCentre.Refine(plane, shape, noise, options.ElectronsPerAdu);
        var fwhm = FwhmPerDeviation * Math.Sqrt(shape.Major * shape.Minor);
        var radius = Math.Max(SmallestAperture, ApertureRadius * fwhm);
        var (flux, moment, pixels) = (0.0, 0.0, 0);
        for (var y = (int)Math.Max(0, Math.Ceiling(shape.Y - radius)); y <= Math.Min(plane.Height - 1, shape.Y + radius); y++)
        {
            for (var x = (int)Math.Max(0, Math.Ceiling(shape.X - radius)); x <= Math.Min(plane.Width - 1, shape.X + radius); x++)
            {
                var (dx, dy, value) = (x - shape.X, y - shape.Y, plane[x, y]);
                var distance = Math.Sqrt((dx * dx) + (dy * dy));
                if (distance <= radius && !float.IsNaN(value))
                {
                    flux += value;
                    moment += value * distance;
                    pixels++;
                }
            }
        }

        if (!(flux > 0))
        {
            return null;
        }

        var snr = flux / Math.Sqrt((flux / options.ElectronsPerAdu) + (pixels * noise * noise));
        return snr < LeastSnr
            ? null
            : new DetectedStar(
                shape.X, shape.Y, flux, Peak(plane, centreX, centreY), Math.Max(0, 2 * moment / flux), fwhm,
                Math.Sqrt(1 - (shape.Minor * shape.Minor / (shape.Major * shape.Major))), snr,
                isSaturated)
            {
                Angle = double.RadiansToDegrees(shape.Angle),
            };
    }

    private static double Peak(LuminancePlane plane, int x, int y)
    {
        var peak = 0f;
        for (var j = Math.Max(0, y - 1); j <= Math.Min(plane.Height - 1, y + 1); j++)
        {
            for (var i = Math.Max(0, x - 1); i <= Math.Min(plane.Width - 1, x + 1); i++)
            {
                peak = plane[i, j] > peak ? plane[i, j] : peak;
            }
        }

        return peak;
    }

    private static bool IsSaturated(RgbImage image, int x, int y, int saturation)
    {
        for (var j = Math.Max(0, y - 2); j <= Math.Min(image.Height - 1, y + 2); j++)
        {
            var (from, to) = (3 * Math.Max(0, x - 2), 3 * Math.Min(image.Width, x + 3));
            foreach (var sample in image.Row(j)[from..to])
            {
                if (sample >= saturation)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
