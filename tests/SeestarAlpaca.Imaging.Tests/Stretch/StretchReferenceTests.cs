using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stretch;

namespace SeestarAlpaca.Imaging.Tests.Stretch;

/// <summary>Each kind of stretch against a second one, written from the formulas: sorted lists instead of histograms, no tables.</summary>
public sealed class StretchReferenceTests
{
    public static TheoryData<StretchKind, int, bool> Kinds => new(
        from kind in Enum.GetValues<StretchKind>()
        from channels in new[] { 3, 1 }
        from hasBorder in new[] { false, true }
        select (kind, channels, hasBorder));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stretch_is_that_of_its_formula(StretchKind kind, int channels, bool hasBorder)
    {
        using var image = Sky(channels, hasBorder);

        var shown = AutoStretch.Measure(image, new StretchOptions { Kind = kind }).Apply(image);

        var expected = Expected(image, kind);
        Assert.All(shown.Samples.ToArray().Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.True(expected.Distinct().Count() > (kind == StretchKind.Linear ? 10 : 50));
    }

    private static int[] Expected(Image16 image, StretchKind kind)
    {
        var channels = image.SamplesPerPixel;
        var pixels = image.Samples.ToArray().Chunk(channels).ToArray();
        var data = pixels.Where(pixel => pixel.Any(sample => sample != 0)).ToArray();
        double[] Channel(int c) => [.. data.Select(pixel => (double)pixel[c])];
        var medians = Enumerable.Range(0, channels).Select(c => Median(Channel(c))).ToArray();
        var noises = Enumerable.Range(0, channels).Select(c => 1.4826 * Median([.. Channel(c).Select(value => Math.Abs(value - medians[c]))])).ToArray();
        var own = Enumerable.Range(0, channels).Select(c => Math.Max(0, medians[c] - (2.8 * noises[c]))).ToArray();

        var (blacks, whites) = (own, Enumerable.Repeat(65535.0, channels).ToArray());
        double[] midtones;
        switch (kind)
        {
            case StretchKind.Linear:
                return [.. image.Samples.ToArray().Select(value => (int)Math.Round(value * 255 / 65535.0))];
            case StretchKind.Percentile:
                blacks = [.. Enumerable.Range(0, channels).Select(c => Percentile(Channel(c), 0.5))];
                whites = [.. Enumerable.Range(0, channels).Select(c => Percentile(Channel(c), 99.95))];
                midtones = [.. blacks.Select(_ => 0.15)];
                break;
            case StretchKind.Unlinked:
                midtones = [.. Enumerable.Range(0, channels).Select(c => Curve(0.25, (medians[c] - blacks[c]) / (65535 - blacks[c])))];
                break;
            default:
                blacks = kind == StretchKind.Linked
                    ? [.. own.Select(_ => own.Average())]
                    : [.. medians.Select(median => Math.Max(0, median - (2.8 * Luminance(noises))))];
                var sky = Median([.. data.Select(pixel => Luminance([.. pixel.Select((value, c) => Part(value, blacks[c], 65535))]))]);
                midtones = [.. blacks.Select(_ => Curve(0.25, sky))];
                break;
        }

        return [.. pixels.SelectMany(pixel => pixel.Select((value, c) => (int)Math.Round(255 * Curve(midtones[c], Part(value, blacks[c], whites[c])))))];
    }

    private static double Part(double value, double black, double white) => Math.Clamp((value - black) / (white - black), 0, 1);

    private static double Luminance(double[] channels) => channels.Length == 1 ? channels[0] : (channels[0] + (2 * channels[1]) + channels[2]) / 4;

    private static double Curve(double midtone, double x) => x <= 0 ? 0 : x >= 1 ? 1 : (midtone - 1) * x / (((2 * midtone - 1) * x) - midtone);

    private static double Median(double[] values) => Percentile(values, 50);

    private static double Percentile(double[] values, double percent)
    {
        var sorted = values.Order().ToArray();
        var place = percent / 100 * (sorted.Length - 1);
        var (low, high) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return low + ((high - low) * (place - Math.Floor(place)));
    }

    /// <summary>A tinted sky with stars; small enough that every pixel is measured.</summary>
    private static Image16 Sky(int channels, bool hasBorder)
    {
        var random = new Random(5);
        Image16 image = channels == 3 ? new RgbImage(151, 120) : new MonoImage(151, 120);
        for (var i = 0; i < image.Samples.Length; i++)
        {
            var (pixel, channel) = (i / channels, i % channels);
            var star = pixel % 97 == 0 ? random.Next(60_000) : 0;
            image.Writable[i] = (ushort)(800 + (150 * channel) + star + Enumerable.Range(0, 6).Sum(_ => random.Next(-20 - (5 * channel), 21 + (5 * channel))));
        }

        if (hasBorder)
        {
            image.Writable[..(151 * 70 * channels)].Clear();
        }

        return image;
    }
}
