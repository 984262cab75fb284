using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>Finds the stretch that shows a linear picture's sky dark gray and its faint parts visible. Pure and thread safe.</summary>
public static class AutoStretch
{
    /// <summary>Keeps the curve finite, and a picture of next to nothing from becoming pure noise.</summary>
    private const double LowestMidtone = 1e-4;

    /// <summary>Enough for a median accurate to about one hundredth of the noise.</summary>
    private const int PixelsForMedians = 20_000;

    /// <summary>Enough for about a hundred beyond the percentile of white.</summary>
    private const int PixelsForPercentiles = 200_000;

    /// <summary>The stretched picture, made smaller first if wanted.</summary>
    /// <param name="image">A linear colour picture.</param>
    /// <param name="reduction">n: the result has width ÷ n and height ÷ n pixels, see <see cref="Binning.Mean"/>; 1 for the full size.</param>
    /// <param name="pool">Where the smaller picture's samples are borrowed from meanwhile; null for memory of its own.</param>
    /// <param name="options">What stretch; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reduction"/> is out of the range of <see cref="Binning.Mean"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Image8 To8Bit(RgbImage image, int reduction = 1, PixelPool? pool = null, StretchOptions? options = null)
    {
        using var reduced = Binning.Mean(image, reduction, pool);
        return Measure(reduced, options).Apply(reduced);
    }

    /// <summary>
    /// The stretch that suits a picture. By default black is, for each channel, the sky's level less 2.8 times the noise, and the midtone, one
    /// for all channels, brings the sky's luminance to a quarter. Pixels that are 0 in all channels are no data and do not count.
    /// </summary>
    /// <remarks>
    /// Level and noise are median and 1.4826 · MAD. Where black points are balanced the noise is the mean of the channels', (R + 2G + B) / 4:
    /// with each channel's own the sky would have the tint of the noisiest. Without noise black is 0, so that an even picture is shown as an
    /// even gray. Without any data the result changes nothing but the depth.
    /// </remarks>
    /// <param name="image">A linear picture; a Bayer picture counts as gray.</param>
    /// <param name="options">What stretch; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static DisplayStretch Measure(Image16 image, StretchOptions? options = null)
    {
        options ??= new StretchOptions();
        if (options.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var pixels = options.Kind == StretchKind.Linear
            ? null
            : new SampledPixels(image, options.Kind == StretchKind.Percentile ? PixelsForPercentiles : PixelsForMedians);
        if (pixels is null or { Count: 0 })
        {
            return new DisplayStretch([.. Enumerable.Repeat(new ChannelStretch(0, 0.5), image.SamplesPerPixel)]);
        }

        SampleHistogram[] histograms = [.. Enumerable.Range(0, image.SamplesPerPixel).Select(pixels.Histogram)];
        return options.Kind == StretchKind.Percentile
            ? new DisplayStretch([.. histograms.Select(histogram => BetweenPercentiles(histogram, options))])
            : AboveSky(pixels, [.. histograms.Select(histogram => histogram.Background())], options);
    }

    private static ChannelStretch BetweenPercentiles(SampleHistogram histogram, StretchOptions options)
    {
        var (black, white) = (histogram.Quantile(options.BlackPercentile / 100), histogram.Quantile(options.WhitePercentile / 100));
        return black < white ? new ChannelStretch(black, options.PercentileMidtone, white) : new ChannelStretch(0, options.PercentileMidtone);
    }

    private static DisplayStretch AboveSky(SampledPixels pixels, Background[] skies, StretchOptions options)
    {
        var noise = options.Kind == StretchKind.Balanced ? Luminance([.. skies.Select(sky => sky.Noise)]) : (double?)null;
        double[] blacks = [.. skies.Select(sky => Black(sky, noise ?? sky.Noise, options))];
        if (options.Kind == StretchKind.Linked)
        {
            blacks.AsSpan().Fill(blacks.Average());
        }

        ChannelStretch[] channels = [.. blacks.Select(black => new ChannelStretch(black, 0.5))];
        var shared = options.Kind == StretchKind.Unlinked ? (double?)null : Midtone(pixels.MedianLuminance(channels), options);
        return new DisplayStretch(
            [.. channels.Select((channel, i) => channel with { Midtone = shared ?? Midtone(channel.Normalize(skies[i].Level), options) })]);
    }

    private static double Black(Background sky, double noise, StretchOptions options) => sky.Noise > 0 ? Math.Max(0, sky.Level - (options.Shadows * noise)) : 0;

    private static double Midtone(double sky, StretchOptions options) =>
        Math.Clamp(MidtoneTransfer.Balance(sky, options.TargetBackground), LowestMidtone, 1 - LowestMidtone);

    private static double Luminance(double[] channels) => channels.Length == 1 ? channels[0] : (channels[0] + (2 * channels[1]) + channels[2]) / 4;
}
