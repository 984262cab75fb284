using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stars;
using SeestarAlpaca.Imaging.Tests.Stars;

namespace SeestarAlpaca.Imaging.Tests.Color;

/// <summary>
/// What a program that debayers bilinearly makes of a stack that was delivered as RGGB, against the stack itself: the figures of docs/cameras.md.
/// Coloured stars of a stack's width on a sky whose noise is the same in each channel and independent from pixel to pixel.
/// </summary>
public sealed class RecipeMeasurementTests
{
    private const int Side = 600;
    private const double Noise = 40;
    private const double Fwhm = 3;

    /// <summary>Red, green and blue light of stars: from a red giant's to a hot star's.</summary>
    private static readonly double[][] Colours = [[1.3, 1, 0.6], [1, 1, 1], [0.8, 1, 1.2]];

    /// <summary>Side of the box over which noise is summed, in pixels of the stack: about what a star's light falls on.</summary>
    private const int Box = 8;

    [Fact]
    public void A_super_pixel_debayer_gives_back_the_stack_bit_for_bit()
    {
        using var truth = Field(stars: true);
        using var doubled = Mosaic.Lossless2X(truth);

        using var back = Demosaic.SuperPixel(doubled);

        Assert.Equal(truth.Samples, back.Samples);
    }

    [Theory]
    [InlineData("lossless 2x", 0.78, 1.00, 1.046, 0.08)]
    [InlineData("same size", 0.75, 1.53, 1.110, 1.1)]
    public void The_figures_that_are_published_are_those_that_are_measured(string recipe, double pixelNoise, double areaNoise, double hfd, double colourPercent)
    {
        using var sky = Field(stars: false);
        using var field = Field(stars: true);
        using var deliveredSky = Debayered(recipe, sky, out var scale);
        using var deliveredField = Debayered(recipe, field, out _);

        Assert.Equal(pixelNoise, SkyNoise(deliveredSky, 1) / SkyNoise(sky, 1), 0.02);
        Assert.Equal(areaNoise, SkyNoise(deliveredSky, Box * scale) / SkyNoise(sky, Box), 0.05);
        Assert.Equal(hfd, MedianHfd(deliveredField) / scale / MedianHfd(field), 0.01);
        Assert.Equal(colourPercent, 100 * ColourError(field, deliveredField, scale), 0.05 + (0.2 * colourPercent));
    }

    private static RgbImage Debayered(string recipe, RgbImage stack, out int scale)
    {
        scale = recipe == "lossless 2x" ? 2 : 1;
        using var mosaic = scale == 2 ? Mosaic.Lossless2X(stack) : Mosaic.SameSize(stack);
        return Demosaic.Bilinear(mosaic);
    }

    private static RgbImage Field(bool stars)
    {
        var random = new Random(7);
        var places = stars ? Places().ToArray() : [];
        var drawn = places.Select((place, i) => (Star: new Gaussian(place.X + random.NextDouble(), place.Y + random.NextDouble(), 8000, Fwhm / 2.3548, Fwhm / 2.3548), Colours[i % 3])).ToArray();
        var image = new RgbImage(Side, Side);
        for (var i = 0; i < image.Samples.Length; i++)
        {
            image.Writable[i] = (ushort)(Sky.Level + (Noise * Sky.Normal(random)) + 0.5);
        }

        foreach (var (star, colour) in drawn)
        {
            for (var y = (int)star.Y - 12; y <= (int)star.Y + 12; y++)
            {
                for (var x = (int)star.X - 12; x <= (int)star.X + 12; x++)
                {
                    for (var channel = 0; channel < 3; channel++)
                    {
                        ref var sample = ref image.Writable[(3 * ((y * Side) + x)) + channel];
                        sample = (ushort)(sample + (colour[channel] * star.At(x, y)) + 0.5);
                    }
                }
            }
        }

        return image;
    }

    private static IEnumerable<(double X, double Y)> Places() =>
        from row in Enumerable.Range(0, 12)
        from column in Enumerable.Range(0, 12)
        select (30 + (45.0 * column), 30 + (45.0 * row));

    /// <summary>Noise (1.4826 · MAD) of the luminance of a sky without stars, of means over boxes of n × n pixels.</summary>
    private static double SkyNoise(RgbImage image, int box)
    {
        var means = new List<double>();
        for (var top = 0; top + box <= image.Height; top += box)
        {
            for (var left = 0; left + box <= image.Width; left += box)
            {
                var sum = 0.0;
                for (var y = top; y < top + box; y++)
                {
                    var row = image.Row(y);
                    for (var i = 3 * left; i < 3 * (left + box); i += 3)
                    {
                        sum += (row[i] + (2.0 * row[i + 1]) + row[i + 2]) / 4;
                    }
                }

                means.Add(sum / (box * box));
            }
        }

        var median = Median(means);
        return 1.4826 * Median(means.Select(mean => Math.Abs(mean - median)));
    }

    private static double MedianHfd(RgbImage image)
    {
        var stars = StarFinder.Find(image).Where(star => star.Snr > 20).ToArray();
        Assert.InRange(stars.Length, 130, 150);
        return Median(stars.Select(star => star.Hfd));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>The median over the stars of how far red over green, or blue over green, of their whole light is off, as a fraction.</summary>
    private static double ColourError(RgbImage truth, RgbImage image, int scale)
    {
        var errors = new List<double>();
        foreach (var (x, y) in Places())
        {
            var (expected, actual) = (Light(truth, x, y, 1), Light(image, x, y, scale));
            errors.Add(Math.Abs((actual[0] / actual[1] / (expected[0] / expected[1])) - 1));
            errors.Add(Math.Abs((actual[2] / actual[1] / (expected[2] / expected[1])) - 1));
        }

        return Median(errors);
    }

    /// <summary>The light above the sky in a box of 17 × 17 pixels of the stack.</summary>
    private static double[] Light(RgbImage image, double x, double y, int scale)
    {
        var light = new double[3];
        for (var row = ((int)y - 8) * scale; row < ((int)y + 9) * scale; row++)
        {
            for (var column = ((int)x - 8) * scale; column < ((int)x + 9) * scale; column++)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    light[channel] += image.Row(row)[(3 * column) + channel] - Sky.Level;
                }
            }
        }

        return light;
    }
}
