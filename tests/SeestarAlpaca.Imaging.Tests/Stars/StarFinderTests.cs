using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Tests.Stars;

public sealed class StarFinderTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, -0.4)]
    [InlineData(-0.5, 0.5)]
    [InlineData(0.1, 0.33)]
    public void The_centre_is_found_to_a_hundredth_of_a_pixel(double offX, double offY)
    {
        using var image = Sky.With(100, 90, new Gaussian(40 + offX, 50 + offY, 5000));

        var star = Assert.Single(StarFinder.Find(image));

        Assert.Equal(40 + offX, star.X, 0.01);
        Assert.Equal(50 + offY, star.Y, 0.01);
    }

    [Theory]
    [InlineData(1.0, 1.0, 0)]
    [InlineData(1.5, 1.5, 0)]
    [InlineData(2.0, 1.2, 0.5)]
    [InlineData(2.5, 1.5, -1.2)]
    public void Widths_flux_and_eccentricity_of_a_Gaussian_are_those_of_its_formula(double major, double minor, double angle)
    {
        var drawn = new Gaussian(40.3, 50.6, 8000, major, minor, angle);
        using var image = Sky.With(100, 100, drawn);

        var star = Assert.Single(StarFinder.Find(image));

        var deviation = Math.Sqrt(major * minor);
        Assert.Equal(2.3548 * deviation, star.Fwhm, 0.02 * star.Fwhm);
        Assert.Equal(Math.Sqrt(1 - (minor * minor / (major * major))), star.Eccentricity, 0.05);
        Assert.Equal(drawn.Flux, star.Flux, 0.03 * star.Flux);

        // The mean distance of a round Gaussian's light is σ·√(π/2).
        Assert.Equal(2 * deviation * Math.Sqrt(Math.PI / 2), star.Hfd, (major == minor ? 0.02 : 0.08) * star.Hfd);
        Assert.InRange(star.Peak, 0.8 * drawn.Peak, drawn.Peak);
        Assert.False(star.IsSaturated);
    }

    [Fact]
    public void The_signal_to_noise_ratio_follows_its_formula()
    {
        var drawn = new Gaussian(60, 60, 400);
        using var image = Sky.With(120, 120, new Random(5), 20, (_, _) => Sky.Level, [drawn]);

        var star = Assert.Single(StarFinder.Find(image, new StarFinderOptions { ElectronsPerAdu = 0.5 }));

        // Aperture: 1.5 × FWHM.
        var pixels = Math.PI * Math.Pow(1.5 * 2.3548 * 1.5, 2);
        Assert.Equal(drawn.Flux / Math.Sqrt((drawn.Flux / 0.5) + (pixels * 20 * 20)), star.Snr, 0.1 * star.Snr);
    }

    [Fact]
    public void A_gradient_hides_no_star_and_makes_none()
    {
        Gaussian[] drawn = [.. Enumerable.Range(0, 25).Select(i => new Gaussian(30.2 + (60 * (i % 5)), 30.7 + (60 * (i / 5)), 400))];
        using var image = Sky.With(300, 300, new Random(1), 20, (x, y) => 500 + (6 * x) + (2 * y), drawn);

        var stars = StarFinder.Find(image);

        Assert.Equal(25, stars.Count);
        Assert.All(drawn, star => Assert.Contains(stars, found => double.Hypot(found.X - star.X, found.Y - star.Y) < 0.3));
    }

    [Fact]
    public void Noise_alone_is_no_star()
    {
        using var image = Sky.With(500, 500, new Random(2), 30, (_, _) => Sky.Level, []);

        Assert.Empty(StarFinder.Find(image));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(31, 30)]
    [InlineData(30, 31)]
    [InlineData(31, 31)]
    public void A_hot_pixel_of_any_colour_is_no_star_when_it_has_been_debayered(int x, int y)
    {
        using var drawn = Sky.With(64, 64, new Random(3), 20, (_, _) => Sky.Level, [new Gaussian(45, 20, 3000)]);
        using var raw = Mosaic.SameSize(drawn);
        raw.Writable[(y * 64) + x] = 20_000;
        using var image = Demosaic.Bilinear(raw);

        var star = Assert.Single(StarFinder.Find(image));

        Assert.Equal((45, 20), (Math.Round(star.X), Math.Round(star.Y)));
    }

    [Fact]
    public void A_super_pixel_picture_has_its_stars_when_less_is_asked_of_their_neighbours()
    {
        using var drawn = Sky.With(128, 128, new Random(4), 20, (_, _) => Sky.Level, [new Gaussian(60.5, 80.5, 5000, 1.1, 1.1)]);
        using var raw = Mosaic.SameSize(drawn);
        raw.Writable[(20 * 128) + 20] = 20_000;
        using var image = Demosaic.SuperPixel(raw);

        var star = Assert.Single(StarFinder.Find(image, new StarFinderOptions { LeastNeighbours = 0.05 }));

        // The centre of a cell of 2 × 2 is half a pixel off its first.
        Assert.Equal((60.5 - 0.5) / 2, star.X, 0.15);
        Assert.Equal((80.5 - 0.5) / 2, star.Y, 0.15);
    }

    [Fact]
    public void A_saturated_star_is_one_star_and_says_so()
    {
        using var image = Sky.With(120, 120, new Random(6), 20, (_, _) => Sky.Level, [new Gaussian(60.2, 59.8, 3_000_000, 2, 2)]);

        var star = Assert.Single(StarFinder.Find(image));

        Assert.True(star.IsSaturated);
        Assert.Equal(60.2, star.X, 0.1);
        Assert.Equal(59.8, star.Y, 0.1);
    }

    [Fact]
    public void Two_stars_eight_pixels_apart_are_two()
    {
        using var image = Sky.With(100, 100, new Gaussian(40, 50, 5000), new Gaussian(48, 50, 4000));

        var stars = StarFinder.Find(image);

        Assert.Equal([40, 48], stars.Select(star => Math.Round(star.X)));
        Assert.Equal(40, stars[0].X, 0.05);
    }

    [Fact]
    public void Only_the_brightest_are_told_and_they_first()
    {
        Gaussian[] drawn =
        [
            .. Enumerable.Range(0, 16).Select(i => new Gaussian(20 + (40 * (i % 4)), 20 + (40 * (i / 4)), 1000 + (100 * (i * 7 % 16)))),
        ];
        using var image = Sky.With(160, 160, drawn);

        var stars = StarFinder.Find(image, new StarFinderOptions { MaxStars = 5 });

        var expected = drawn.OrderByDescending(star => star.Peak).Take(5).Select(star => (star.X, star.Y));
        Assert.Equal(expected, stars.Select(star => (Math.Round(star.X), Math.Round(star.Y))));
    }

    [Fact]
    public void Where_there_is_no_data_there_is_neither_sky_nor_star()
    {
        Gaussian[] drawn = [new(150, 60, 1000), new(150, 140, 1000)];
        using var image = Sky.With(200, 200, new Random(7), 20, (x, _) => x < 110 ? 0 : Sky.Level, drawn);
        for (var y = 0; y < 200; y++)
        {
            image.Writable.Slice(3 * 200 * y, 3 * 110).Clear();
        }

        Assert.Equal([60, 140], StarFinder.Find(image).Select(star => Math.Round(star.Y)).Order());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(200, 1)]
    [InlineData(70, 70)]
    public void A_picture_of_nothing_has_no_stars_whatever_its_size(int width, int height)
    {
        using var empty = TestImageOf(width, height, 0);
        using var even = TestImageOf(width, height, 1000);

        Assert.Empty(StarFinder.Find(empty));
        Assert.Empty(StarFinder.Find(even));
    }

    [Theory]
    [InlineData(0, 200, 0.3, 0.078, "Threshold is above 0, not 0.")]
    [InlineData(double.NaN, 200, 0.3, 0.078, "Threshold is above 0, not NaN.")]
    [InlineData(5, 0, 0.3, 0.078, "MaxStars is from 1 to 10000, not 0.")]
    [InlineData(5, 200, 1.1, 0.078, "LeastNeighbours is from 0 to 1, not 1.1.")]
    [InlineData(5, 200, 0.3, 0, "ElectronsPerAdu is above 0, not 0.")]
    public void An_option_out_of_range_is_told(double threshold, int most, double neighbours, double electrons, string sentence)
    {
        using var image = TestImageOf(8, 8, 1000);
        var options = new StarFinderOptions { Threshold = threshold, MaxStars = most, LeastNeighbours = neighbours, ElectronsPerAdu = electrons };

        var fault = Assert.Throws<ArgumentException>(() => StarFinder.Find(image, options));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    private static RgbImage TestImageOf(int width, int height, ushort value)
    {
        var image = new RgbImage(width, height);
        image.Writable.Fill(value);
        return image;
    }
}
