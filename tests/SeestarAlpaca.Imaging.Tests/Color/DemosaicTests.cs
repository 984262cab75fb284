using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Color;

public sealed class DemosaicTests
{
    public static TheoryData<BayerPhase> Phases => [.. Enum.GetValues<BayerPhase>()];

    public static TheoryData<BayerPhase, int, int> PhasesAndSizes => new(
        from phase in Enum.GetValues<BayerPhase>()
        from size in new[] { (2, 2), (2, 3), (3, 2), (3, 3), (7, 2), (2, 7), (8, 6), (9, 7), (24, 13) }
        select (phase, size.Item1, size.Item2));

    [Theory]
    [MemberData(nameof(PhasesAndSizes))]
    public void Bilinear_agrees_with_the_plain_definition(BayerPhase phase, int width, int height)
    {
        using var bayer = TestImages.Random(new BayerImage(width, height, phase), new Random((width * 100) + height));

        using var rgb = Demosaic.Bilinear(bayer);

        Assert.Equal((width, height), (rgb.Width, rgb.Height));
        Assert.Equal(ByDefinition(bayer), rgb.Samples.ToArray());
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void A_sky_of_one_colour_keeps_it_everywhere(BayerPhase phase)
    {
        ushort[] colour = [100, 2000, 65535];
        using var bayer = new BayerImage(7, 5, phase);
        for (var i = 0; i < bayer.Writable.Length; i++)
        {
            bayer.Writable[i] = colour[phase.Channel(i % 7, i / 7)];
        }

        using var bilinear = Demosaic.Bilinear(bayer);
        using var superPixel = Demosaic.SuperPixel(bayer);

        Assert.All(bilinear.Samples.ToArray().Chunk(3), pixel => Assert.Equal(colour, pixel));
        Assert.All(superPixel.Samples.ToArray().Chunk(3), pixel => Assert.Equal(colour, pixel));
    }

    [Fact]
    public void Means_are_rounded_half_up()
    {
        using var bayer = TestImages.Bayer(2, BayerPhase.Rggb, 10, 20, 21, 30);

        using var rgb = Demosaic.Bilinear(bayer);

        Assert.Equal<ushort>([10, 21, 30, 10, 20, 30, 10, 21, 30, 10, 21, 30], rgb.Samples.ToArray());
    }

    [Theory]
    [InlineData(BayerPhase.Rggb, 1, 4, 6)]
    [InlineData(BayerPhase.Grbg, 2, 4, 5)]
    [InlineData(BayerPhase.Gbrg, 5, 4, 2)]
    [InlineData(BayerPhase.Bggr, 6, 4, 1)]
    public void A_super_pixel_is_one_cell_and_odd_rests_are_dropped(BayerPhase phase, int red, int green, int blue)
    {
        // The greens are 2 and 5, or 1 and 6: the mean of both pairs is 3.5.
        using var bayer = TestImages.Bayer(3, phase, 1, 2, 99, 5, 6, 99, 99, 99, 99);

        using var rgb = Demosaic.SuperPixel(bayer);

        Assert.Equal((1, 1), (rgb.Width, rgb.Height));
        Assert.Equal([(ushort)red, (ushort)green, (ushort)blue], rgb.Samples.ToArray());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void A_picture_without_a_whole_cell_is_refused(int width, int height)
    {
        using var bayer = new BayerImage(width, height, BayerPhase.Rggb);

        var error = Assert.Throws<ArgumentException>(() => Demosaic.Bilinear(bayer));

        Assert.Contains("at least 2 × 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Demosaic.SuperPixel(bayer));
    }

    private static ushort[] ByDefinition(BayerImage bayer)
    {
        var colours = new[] { "RGGB", "GRBG", "GBRG", "BGGR" }[(int)bayer.Phase];
        var samples = bayer.Samples.ToArray();
        var pixels = samples.Select((value, i) => (X: i % bayer.Width, Y: i / bayer.Width, Value: value))
            .Select(p => (p.X, p.Y, p.Value, Colour: colours[(2 * (p.Y % 2)) + (p.X % 2)])).ToList();
        return [.. from pixel in pixels
                   from colour in "RGB"
                   select pixel.Colour == colour
                       ? pixel.Value
                       : (ushort)Math.Floor(0.5 + pixels
                           .Where(p => p.Colour == colour && Math.Max(Math.Abs(p.X - pixel.X), Math.Abs(p.Y - pixel.Y)) == 1)
                           .Average(p => p.Value))];
    }
}
