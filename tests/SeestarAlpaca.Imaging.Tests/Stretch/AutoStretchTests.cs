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
    public void Black_is_2_8_times_the_noise_below_the_sky()
    {
        using var image = TestImages.Rgb(5, [.. Enumerable.Range(0, 25).SelectMany(i => new[] { 1000 + (10 * (i % 5)), 100 * (i % 5), 500 }).Select(v => (ushort)v)]);

        var channels = AutoStretch.Measure(image).Channels;

        Assert.Equal(1020 - (2.8 * 1.4826 * 10), channels[0].Black, 1e-9);
        Assert.Equal(0, channels[1].Black);
        Assert.Equal(0, channels[2].Black);
        Assert.Single(channels.Select(channel => channel.Midtone).Distinct());
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
    public void The_sky_of_a_recorded_sub_has_the_target_luminance()
    {
        using var file = File.OpenRead(TestData.Recorded("m94-subs/Light_M_94_10.0s_IRCUT_20250326-212046.fit.gz"));
        using var fits = FitsReader.Read(file);
        using var rgb = Demosaic.SuperPixel(Assert.IsType<BayerImage>(fits.Image));

        var picture = AutoStretch.To8Bit(rgb, 2);

        var samples = picture.Samples.ToArray();
        Assert.Equal((270, 480), (picture.Width, picture.Height));
        Assert.InRange((Median(samples, 0) + (2 * Median(samples, 1)) + Median(samples, 2)) / 4, SkyGray - 3, SkyGray + 3);
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
