using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Geometry;

public sealed class BinningTests
{
    public static TheoryData<int> Factors => [.. Enumerable.Range(1, Binning.MaxFactor)];

    [Fact]
    public void A_bin_is_the_mean_rounded_half_up()
    {
        using var image = TestImages.Mono(5, 1, 2, 10, 10, 99, 3, 4, 10, 11, 99, 99, 99, 99, 99, 99);

        using var binned = Binning.Mean(image, 2);

        Assert.Equal((2, 1), (binned.Width, binned.Height));
        Assert.Equal<ushort>([3, 10], binned.Samples.ToArray());
    }

    [Fact]
    public void Colours_are_binned_each_for_itself()
    {
        using var image = TestImages.Rgb(2, 0, 100, 65535, 4, 200, 65535, 8, 300, 65535, 12, 400, 65534);

        using var binned = Binning.Mean(image, 2);

        Assert.Equal<ushort>([6, 250, 65535], binned.Samples.ToArray());
    }

    [Fact]
    public void A_bayer_bin_takes_the_pixels_of_its_own_colour_and_place()
    {
        using var image = TestImages.Bayer(
            4,
            BayerPhase.Grbg,
            10, 100, 11, 101,
            1000, 50, 1001, 51,
            12, 102, 13, 104,
            1002, 52, 1003, 53);

        using var binned = Binning.Mean(image, 2);

        Assert.Equal((2, 2, BayerPhase.Grbg), (binned.Width, binned.Height, binned.Phase));
        Assert.Equal<ushort>([12, 102, 1002, 52], binned.Samples.ToArray());
    }

    [Fact]
    public void A_bayer_bin_over_the_edge_takes_the_pixels_inside()
    {
        using var image = TestImages.Bayer(6, BayerPhase.Rggb, [.. Enumerable.Range(0, 12).Select(i => (ushort)(10 * i))]);

        using var binned = Binning.Mean(image, 2);

        // Columns 0 and 2, 1 and 3, then 4 alone, whose partner would be 6; row 0 alone, whose partner would be 2.
        Assert.Equal<ushort>([10, 20, 40], binned.Samples.ToArray());
    }

    [Theory]
    [MemberData(nameof(Factors))]
    public void All_types_agree_with_the_plain_definition(int factor)
    {
        var random = new Random(factor);
        for (var i = 0; i < 8; i++)
        {
            var (width, height) = (random.Next(factor, 70), random.Next(factor, 70));
            using var mono = TestImages.Random(new MonoImage(width, height), random);
            using var rgb = TestImages.Random(new RgbImage(width, height), random);
            using var bayer = TestImages.Random(new BayerImage(width, height, (BayerPhase)random.Next(4)), random);

            AssertByDefinition(mono, factor, cell: 1);
            AssertByDefinition(rgb, factor, cell: 1);
            AssertByDefinition(bayer, factor, cell: 2);
        }
    }

    [Theory]
    [InlineData(1080, 1920, 7, 154, 274)]
    [InlineData(1080, 1920, 16, 67, 120)]
    [InlineData(2160, 3840, 1, 2160, 3840)]
    public void The_size_is_divided_and_the_rest_dropped(int width, int height, int factor, int binnedWidth, int binnedHeight)
    {
        using var image = new MonoImage(width, height);

        using var binned = Binning.Mean(image, factor);

        Assert.Equal((binnedWidth, binnedHeight), (binned.Width, binned.Height));
    }

    [Fact]
    public void Bin_1_is_a_further_lease_on_the_same_pixels()
    {
        var pool = new PixelPool(retained: 0);
        var image = new RgbImage(2, 2, pool);

        using var binned = Binning.Mean(image, 1, pool);
        image.Dispose();

        Assert.Equal(12, binned.Samples.Length);
        Assert.Equal(12, pool.SamplesHeld);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(-2)]
    [InlineData(11)]
    public void A_factor_out_of_range_is_refused(int factor)
    {
        using var image = new MonoImage(100, 10);

        Assert.Throws<ArgumentOutOfRangeException>(() => Binning.Mean(image, factor));
    }

    private static void AssertByDefinition<T>(T image, int factor, int cell)
        where T : Image16
    {
        using var binned = Binning.Mean(image, factor);
        var samples = image.Samples.ToArray();
        var expected = from y in Enumerable.Range(0, image.Height / factor)
                       from x in Enumerable.Range(0, image.Width / factor)
                       from channel in Enumerable.Range(0, image.SamplesPerPixel)
                       select (ushort)Math.Floor(0.5 + Sources(y, image.Height).SelectMany(sourceY => Sources(x, image.Width).Select(
                           sourceX => (int)samples[(((sourceY * image.Width) + sourceX) * image.SamplesPerPixel) + channel])).Average());

        Assert.IsType<T>(binned);
        Assert.Equal((image as BayerImage)?.Phase, (binned as BayerImage)?.Phase);
        Assert.Equal(expected.ToArray(), binned.Samples.ToArray());

        IEnumerable<int> Sources(int position, int end) =>
            Enumerable.Range(0, end).Where(source => source / cell / factor == position / cell && source % cell == position % cell);
    }
}
