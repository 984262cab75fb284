using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stretch;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Stretch;

public sealed class AutoStretchTests
{
    /// <summary>0.25 of 255.</summary>
    private const int SkyGray = 64;

    /// <summary>At the ends the midtone's limits hold: 1/65535 and 1 − 1/65535 are not brought to the gray of the sky.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 34)]
    [InlineData(10, SkyGray)]
    [InlineData(1000, SkyGray)]
    [InlineData(65000, SkyGray)]
    [InlineData(65534, 221)]
    [InlineData(65535, 255)]
    public void An_even_picture_is_an_even_gray(int value, int gray)
    {
        using var image = TestImages.Rgb(5, [.. Enumerable.Repeat((ushort)value, 5 * 4 * 3)]);

        var picture = AutoStretch.To8Bit(image);

        Assert.All(picture.Samples.ToArray(), sample => Assert.InRange(sample, gray - 1, gray + 1));
    }

    [Fact]
    public void A_single_pixel_does_no_harm()
    {
        using var image = TestImages.Rgb(1, 0, 65535, 7);

        Assert.Equal(3, AutoStretch.To8Bit(image).Samples.Length);
    }

    [Fact]
    public void A_sky_of_equal_noise_becomes_dark_gray_without_a_cast_and_stars_stay_bright()
    {
        using var image = Sky(new Random(1), 300, 200);
        for (var i = 0; i < 3; i++)
        {
            image.Writable[(3 * 30_000) + i] = 65535;
        }

        var picture = AutoStretch.To8Bit(image);

        for (var channel = 0; channel < 3; channel++)
        {
            Assert.InRange(Median(picture.Samples.ToArray(), channel), SkyGray - 12, SkyGray + 12);
            Assert.Equal(255, picture.Samples.Span[(3 * 30_000) + channel]);
        }
    }

    [Fact]
    public void Black_is_2_8_times_the_mean_noise_below_the_sky_of_each_channel()
    {
        using var image = TestImages.Rgb(
            5, [.. Enumerable.Range(0, 25).SelectMany(i => new[] { 1000 + (10 * (i % 5)), 2000 + (30 * (i % 5)), 500 }).Select(v => (ushort)v)]);

        var channels = AutoStretch.Measure(image).Channels;

        var noise = 1.4826 * (10 + (2 * 30) + 0) / 4;
        Assert.Equal(1020 - (2.8 * noise), channels[0].Black, 1e-9);
        Assert.Equal(2060 - (2.8 * noise), channels[1].Black, 1e-9);
        Assert.Equal(0, channels[2].Black);
        Assert.Single(channels.Select(channel => channel.Midtone).Distinct());
    }

    [Fact]
    public void A_noisier_channel_does_not_tint_the_sky()
    {
        using var image = Sky(new Random(6), 301, 201);
        for (var i = 1; i < image.Writable.Length; i += 3)
        {
            image.Writable[i] = (ushort)(996 + (3 * (image.Samples[i] - 996)));
        }

        var samples = AutoStretch.To8Bit(image).Samples.ToArray();

        Assert.InRange(Median(samples, 1) - Median(samples, 0), -3, 3);
        Assert.InRange(Median(samples, 2) - Median(samples, 0), -3, 3);
    }

    [Fact]
    public void A_debayered_picture_is_measured_at_all_places_of_the_filter_array()
    {
        using var raw = new BayerImage(1000, 1000, BayerPhase.Grbg);
        var random = new Random(7);
        foreach (ref var sample in raw.Writable)
        {
            sample = (ushort)(1000 + Enumerable.Range(0, 8).Sum(_ => random.Next(-20, 21)));
        }

        using var image = Demosaic.Bilinear(raw);
        var samples = image.Samples.ToArray().Where((_, i) => i % 3 == 0).Select(v => (double)v).ToArray();
        var noise = Imaging.Statistics.Background.Of(samples).Noise;

        var red = AutoStretch.Measure(image, new StretchOptions { Kind = StretchKind.Unlinked }).Channels[0];

        Assert.InRange((1000 - red.Black) / 2.8 / noise, 0.93, 1.07);
    }

    [Theory]
    [InlineData(0, 2.8, 0.5, 99.95, 0.15, "TargetBackground is above 0 and below 1, not 0.")]
    [InlineData(0.25, -1, 0.5, 99.95, 0.15, "Shadows is at least 0, not -1.")]
    [InlineData(0.25, 2.8, -1, 99.95, 0.15, "BlackPercentile is from 0 to 100, not -1.")]
    [InlineData(0.25, 2.8, 50, 50, 0.15, "WhitePercentile is above BlackPercentile, which is 50, and at most 100, not 50.")]
    [InlineData(0.25, 2.8, 0.5, 101, 0.15, "WhitePercentile is above BlackPercentile, which is 0.5, and at most 100, not 101.")]
    [InlineData(0.25, 2.8, 0.5, 99.95, double.NaN, "PercentileMidtone is above 0 and below 1, not NaN.")]
    public void An_option_out_of_range_is_told(double target, double shadows, double black, double white, double midtone, string sentence)
    {
        using var image = Sky(new Random(8), 10, 10);
        var options = new StretchOptions
        {
            TargetBackground = target,
            Shadows = shadows,
            BlackPercentile = black,
            WhitePercentile = white,
            PercentileMidtone = midtone,
        };

        var fault = Assert.Throws<ArgumentException>(() => AutoStretch.Measure(image, options));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stretch_for_colours_does_not_fit_a_gray_picture()
    {
        using var colour = Sky(new Random(9), 10, 10);
        using var gray = TestImages.Mono(2, 1, 2, 3, 4);

        Assert.Throws<ArgumentException>(() => AutoStretch.Measure(colour).Apply(gray));
    }

    [Theory]
    [InlineData(StretchKind.Balanced)]
    [InlineData(StretchKind.Linked)]
    [InlineData(StretchKind.Unlinked)]
    [InlineData(StretchKind.Percentile)]
    public void A_picture_without_any_data_stays_black(StretchKind kind)
    {
        using var image = new RgbImage(20, 10);
        image.Writable.Clear();

        var picture = AutoStretch.To8Bit(image, options: new StretchOptions { Kind = kind });

        Assert.All(picture.Samples.ToArray(), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void Pixels_without_data_do_not_count_and_stay_black()
    {
        using var sky = Sky(new Random(2), 100, 100);
        using var bordered = new RgbImage(100, 400);
        bordered.Writable.Clear();
        sky.Samples.CopyTo(bordered.Writable[(3 * 100 * 150)..]);

        var alone = AutoStretch.Measure(sky);
        var within = AutoStretch.Measure(bordered);
        var picture = within.Apply(bordered);

        for (var channel = 0; channel < 3; channel++)
        {
            Assert.Equal(alone.Channels[channel].Black, within.Channels[channel].Black, 10.0);
            Assert.Equal(0, picture.Samples.Span[channel]);
        }

        Assert.Equal(alone.Channels[0].Midtone, within.Channels[0].Midtone, 0.0005);
    }

    [Fact]
    public void Pictures_are_made_smaller_by_the_mean_before_they_are_stretched()
    {
        using var image = Sky(new Random(3), 31, 20);
        var pool = new PixelPool(retained: 0);

        var picture = AutoStretch.To8Bit(image, 3, pool);

        Assert.Equal((10, 6, 3), (picture.Width, picture.Height, picture.SamplesPerPixel));
        Assert.Equal(0, pool.SamplesHeld);
        Assert.Equal(31 * 20 * 3, image.Samples.Length);
    }

    [Fact]
    public void A_brighter_sample_is_never_shown_darker()
    {
        using var image = Sky(new Random(4), 50, 50);
        using var ramp = TestImages.Rgb(256, [.. Enumerable.Range(0, 65536).SelectMany(v => Enumerable.Repeat((ushort)v, 3))]);

        var shown = AutoStretch.Measure(image).Apply(ramp).Samples.ToArray();

        for (var i = 3; i < shown.Length; i++)
        {
            Assert.True(shown[i] >= shown[i - 3]);
        }

        Assert.Equal(0, shown[0]);
        Assert.Equal(255, shown[^1]);
    }

    [Fact]
    public void The_sky_of_a_recorded_sub_has_the_target_luminance_and_no_tint()
    {
        using var file = File.OpenRead(TestData.Recorded("m94-subs/Light_M_94_10.0s_IRCUT_20250326-212046.fit.gz"));
        using var fits = FitsReader.Read(file);
        using var rgb = Demosaic.SuperPixel(Assert.IsType<BayerImage>(fits.Image));

        var picture = AutoStretch.To8Bit(rgb, 2);

        var samples = picture.Samples.ToArray();
        Assert.Equal((270, 480), (picture.Width, picture.Height));
        Assert.InRange((Median(samples, 0) + (2 * Median(samples, 1)) + Median(samples, 2)) / 4, SkyGray - 3, SkyGray + 3);
        Assert.InRange(Median(samples, 0) - Median(samples, 1), -3, 3);
        Assert.InRange(Median(samples, 2) - Median(samples, 1), -3, 3);
    }

    private static RgbImage Sky(Random random, int width, int height)
    {
        int[] levels = [846, 996, 795];
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Writable.Length; i++)
        {
            image.Writable[i] = (ushort)(levels[i % 3] + Enumerable.Range(0, 8).Sum(_ => random.Next(-20, 21)));
        }

        return image;
    }

    private static int Median(byte[] samples, int channel)
    {
        var sorted = samples.Where((_, i) => i % 3 == channel).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
