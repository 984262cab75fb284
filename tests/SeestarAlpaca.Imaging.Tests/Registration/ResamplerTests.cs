using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Registration;
using SeestarAlpaca.Imaging.Stars;
using SeestarAlpaca.Imaging.Tests.Images;
using SeestarAlpaca.Imaging.Tests.Stars;

namespace SeestarAlpaca.Imaging.Tests.Registration;

public sealed class ResamplerTests
{
    public static TheoryData<double, double, double> Transforms => new()
    {
        { 0, 0, 0 }, { 0, 3, -2 }, { 0, 0.5, 0.25 }, { 0, -5.75, 30.5 }, { 0.01, 1.5, -3 }, { -0.7, 4, 20 }, { Math.PI / 2, 30, 0 },
        { Math.PI, 39, 29 }, { 0, 100, 0 }, { 2, -500, -500 },
    };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -2)]
    [InlineData(-4, 5)]
    public void A_shift_by_whole_pixels_is_exact_and_leaves_no_data_where_the_picture_ends(int offX, int offY)
    {
        using var image = TestImages.Random(new RgbImage(21, 17), new Random(1));

        using var result = new Resampler(image, new RigidTransform(0, offX, offY)).Read(21, 17);

        for (var i = 0; i < result.Samples.Length; i++)
        {
            var (x, y, channel) = ((i / 3 % 21) + offX, (i / 3 / 21) + offY, i % 3);
            var expected = x is >= 0 and < 21 && y is >= 0 and < 17 ? image.Row(y)[(3 * x) + channel] : 0;
            Assert.Equal(expected, result.Samples[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void The_covered_columns_are_those_that_fall_into_the_picture(double rotation, double offX, double offY)
    {
        var transform = new RigidTransform(rotation, offX, offY);
        using var image = new RgbImage(40, 30);
        var resampler = new Resampler(image, transform);

        for (var y = -3; y < 60; y++)
        {
            var inside = Enumerable.Range(0, 50).Where(x => transform.Apply(x, y) is ( > -1e-6 and < 39 + 1e-6, > -1e-6 and < 29 + 1e-6)).ToArray();
            var (from, to) = resampler.Covered(y, 50);

            Assert.Equal(inside, Enumerable.Range(from, to - from));
        }
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void An_even_picture_stays_even_up_to_its_border(double rotation, double offX, double offY)
    {
        using var image = new RgbImage(40, 30);
        image.Writable.Fill(12_345);
        var resampler = new Resampler(image, new RigidTransform(rotation, offX, offY));
        var row = new ushort[3 * 50];

        for (var y = 0; y < 60; y++)
        {
            Array.Fill(row, (ushort)1);
            var (from, to) = resampler.ReadRow(y, row);

            Assert.All(row[(3 * from)..(3 * to)], sample => Assert.Equal(12_345, sample));
            Assert.All([.. row[..(3 * from)], .. row[(3 * to)..]], sample => Assert.Equal(0, sample));
        }
    }

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(0, 2.25, -1.7)]
    [InlineData(0.3, 30, -20)]
    public void Stars_come_to_their_place_and_stay_sharp(double rotation, double offX, double offY)
    {
        var transform = new RigidTransform(rotation, offX, offY);
        var (x, y) = transform.Apply(60.4, 70.2);
        using var image = Sky.With(160, 160, new Gaussian(x, y, 10_000, 1.4, 1.4));

        using var result = new Resampler(image, transform).Read(160, 160);

        var star = Assert.Single(StarFinder.Find(result));
        Assert.Equal(60.4, star.X, 0.02);
        Assert.Equal(70.2, star.Y, 0.02);
        Assert.InRange(star.Fwhm / (2.3548 * 1.4), 0.98, 1.04);
    }

    [Fact]
    public void Colours_are_kept_apart()
    {
        ushort[][] pixels = [.. Enumerable.Range(0, 16).Select(i => new[] { (ushort)(1000 * (i % 4)), (ushort)(500 * (i / 4)), (ushort)77 })];
        using var image = TestImages.Rgb(4, [.. pixels.SelectMany(pixel => pixel)]);

        using var result = new Resampler(image, new RigidTransform(0, 1.5, 1.25)).Read(1, 1);

        // The cubic reproduces straight lines.
        Assert.Equal([1500, 625, 77], result.Samples.ToArray().Select(sample => (int)sample));
    }

    [Fact]
    public void Nothing_rings_around_a_saturated_star()
    {
        using var image = Sky.With(80, 80, new Gaussian(40, 40, 5_000_000, 2, 2));

        using var result = new Resampler(image, new RigidTransform(0.02, 0.4, -0.3)).Read(80, 80);

        var inside = result.Samples.ToArray().Where((_, i) => i / 3 % 80 is > 3 and < 76 && i / 240 is > 3 and < 76);
        Assert.All(inside, sample => Assert.InRange(sample, 900, 65_535));
    }

    [Fact]
    public void A_row_of_parts_of_pixels_is_refused()
    {
        using var image = new RgbImage(4, 4);

        var fault = Assert.Throws<ArgumentException>(() => new Resampler(image, default).ReadRow(0, new ushort[7]));

        Assert.Contains("7 is not divisible by 3", fault.Message, StringComparison.Ordinal);
    }
}
