using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Stars;

/// <summary>What the stars and the sky of a picture tell of focus, tracking and transparency. Immutable.</summary>
/// <remarks>Medians are of stars that are not saturated and have a signal-to-noise ratio of <see cref="LeastSnr"/>; null without such stars.</remarks>
/// <param name="Sky">Median and 1.4826 · MAD of the luminance (R + 2G + B) / 4 in ADU; a gradient counts as noise. Null without data.</param>
/// <param name="Stars">All stars, those with the greatest flux first.</param>
/// <param name="Saturated">How many of them are saturated.</param>
/// <param name="Measured">Of how many the medians are.</param>
/// <param name="Hfd">Median half-flux diameter in pixels.</param>
/// <param name="Fwhm">Median full width at half maximum in pixels.</param>
/// <param name="Eccentricity">Median eccentricity, 0 to below 1.</param>
/// <param name="Snr">Median signal-to-noise ratio.</param>
public sealed record StarMeasures(
    Background? Sky, IReadOnlyList<DetectedStar> Stars, int Saturated, int Measured, double? Hfd, double? Fwhm, double? Eccentricity, double? Snr)
{
    /// <summary>Fainter stars tell more of the noise than of the telescope.</summary>
    public const double LeastSnr = 10;

    /// <summary>Enough for a median accurate to a two-hundredth of the noise.</summary>
    private const int SampledPixels = 100_000;

    /// <summary>As many stars as a rich field of the telescopes has.</summary>
    private static readonly StarFinderOptions ManyStars = new() { MaxStars = 2000 };

    /// <summary>Measures a linear colour picture: a debayered sub or a stack. Pure and thread safe.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="options">What counts as a star; null for the defaults, with up to 2000 stars.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static StarMeasures Of(RgbImage image, StarFinderOptions? options = null)
    {
        var stars = StarFinder.Find(image, options ?? ManyStars);
        DetectedStar[] measured = [.. stars.Where(star => !star.IsSaturated && star.Snr >= LeastSnr)];
        return new StarMeasures(
            SkyOf(image), stars, stars.Count(star => star.IsSaturated), measured.Length,
            Median(measured, star => star.Hfd), Median(measured, star => star.Fwhm), Median(measured, star => star.Eccentricity), Median(measured, star => star.Snr));
    }

    private static double? Median(DetectedStar[] stars, Func<DetectedStar, double> measure) =>
        stars.Length == 0 ? null : Background.Median(Array.ConvertAll(stars, star => measure(star)));

    private static Background? SkyOf(RgbImage image)
    {
        // An odd step meets all places of a colour filter array alike.
        var step = (Math.Max(1, (int)Math.Sqrt((double)image.Width * image.Height / SampledPixels)) - 1) | 1;
        var samples = new List<double>(2 * SampledPixels);
        for (var y = 0; y < image.Height; y += step)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x += 3 * step)
            {
                var sum = row[x] + (2 * row[x + 1]) + row[x + 2];
                if (sum > 0)
                {
                    samples.Add(sum / 4.0);
                }
            }
        }

        return samples.Count == 0 ? null : Background.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(samples));
    }
}
