using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>
/// Finds the stretch that shows a linear picture's sky dark gray and its faint parts visible. Pure and thread safe. The sky is neutral where
/// the channels are equally noisy; a noisier channel tints it a little.
/// </summary>
public static class AutoStretch
{
    /// <summary>How bright the sky becomes, of 1.</summary>
    public const double TargetBackground = 0.25;

    private const double NoiseBelowSky = 2.8;

    /// <summary>Keeps the curve finite, and a picture of next to nothing from becoming pure noise.</summary>
    private const double LowestMidtone = 1e-4;

    /// <summary>Enough for a median accurate to about one hundredth of the noise.</summary>
    private const int SampledPixels = 20_000;

    /// <summary>The stretched picture, made smaller first if wanted.</summary>
    /// <param name="image">A linear colour picture.</param>
    /// <param name="reduction">n: the result has width ÷ n and height ÷ n pixels, see <see cref="Binning.Mean"/>; 1 for the full size.</param>
    /// <param name="pool">Where the smaller picture's samples are borrowed from meanwhile; null for memory of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reduction"/> is out of the range of <see cref="Binning.Mean"/>.</exception>
    public static Image8 To8Bit(RgbImage image, int reduction = 1, PixelPool? pool = null)
    {
        using var reduced = Binning.Mean(image, reduction, pool);
        return Measure(reduced).Apply(reduced);
    }

    /// <summary>
    /// Black is, for each channel, the sky's level less 2.8 times its noise; the midtone, one for all channels so that colours stay,
    /// brings the sky's luminance to <see cref="TargetBackground"/>. Pixels that are 0 in all channels are no data and do not count.
    /// </summary>
    /// <remarks>
    /// Without noise black is 0, so that an even picture is shown as an even gray. Without any data the result changes nothing but the depth.
    /// </remarks>
    public static DisplayStretch Measure(RgbImage image)
    {
        var samples = Sample(image);
        if (samples[0].Count == 0)
        {
            return Of([0, 0, 0], midtone: 0.5);
        }

        double[] blacks = [.. samples.Select(Black)];
        var (red, green, blue) = (samples[0], samples[1], samples[2]);
        var luminance = new double[red.Count];
        for (var i = 0; i < luminance.Length; i++)
        {
            luminance[i] = (Normalized(red[i], blacks[0]) + (2 * Normalized(green[i], blacks[1])) + Normalized(blue[i], blacks[2])) / 4;
        }

        var midtone = MidtoneTransfer.Balance(Background.Median(luminance), TargetBackground);
        return Of(blacks, Math.Clamp(midtone, LowestMidtone, 1 - LowestMidtone));
    }

    /// <summary>The channels of pixels on a regular grid, without those that are no data.</summary>
    private static List<double>[] Sample(RgbImage image)
    {
        var step = Math.Max(1, (int)Math.Sqrt((double)image.Width * image.Height / SampledPixels));
        List<double>[] channels = [[], [], []];
        for (var y = 0; y < image.Height; y += step)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x += 3 * step)
            {
                if ((row[x] | row[x + 1] | row[x + 2]) != 0)
                {
                    channels[0].Add(row[x]);
                    channels[1].Add(row[x + 1]);
                    channels[2].Add(row[x + 2]);
                }
            }
        }

        return channels;
    }

    private static double Black(List<double> samples)
    {
        var (level, noise) = Background.Of(samples.ToArray());
        return noise > 0 ? Math.Max(0, level - (NoiseBelowSky * noise)) : 0;
    }

    private static double Normalized(double value, double black) => new ChannelStretch(black, 0.5).Normalize(value);

    private static DisplayStretch Of(double[] blacks, double midtone) =>
        new(new(blacks[0], midtone), new(blacks[1], midtone), new(blacks[2], midtone));
}
