using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Color;

public sealed class MosaicTests
{
    [Fact]
    public void Lossless_mosaic_makes_one_cell_of_each_pixel()
    {
        using var rgb = TestImages.Rgb(2, 1, 2, 3, 4, 5, 6);

        using var bayer = Mosaic.Lossless2X(rgb);

        Assert.Equal((4, 2, BayerPhase.Rggb), (bayer.Width, bayer.Height, bayer.Phase));
        Assert.Equal<ushort>([1, 2, 4, 5, 2, 3, 5, 6], bayer.Samples.ToArray());
    }

    [Fact]
    public void Same_size_mosaic_keeps_the_sample_of_each_place()
    {
        using var rgb = TestImages.Rgb(3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19);

        using var bayer = Mosaic.SameSize(rgb);

        Assert.Equal((3, 2, BayerPhase.Rggb), (bayer.Width, bayer.Height, bayer.Phase));
        Assert.Equal<ushort>([1, 5, 7, 12, 16, 18], bayer.Samples.ToArray());
    }

    [Fact]
    public void The_lossless_mosaic_gives_back_every_picture_bit_for_bit()
    {
        var random = new Random(20250326);
        var pool = new PixelPool();
        for (var i = 0; i < 100; i++)
        {
            using var rgb = TestImages.Random(new RgbImage(random.Next(1, 40), random.Next(1, 40), pool), random);

            using var bayer = Mosaic.Lossless2X(rgb, pool);
            using var back = Demosaic.SuperPixel(bayer, pool);

            Assert.Equal((rgb.Width, rgb.Height), (back.Width, back.Height));
            Assert.Equal(rgb.Samples, back.Samples);
        }
    }

    [Fact]
    public void The_same_size_mosaic_keeps_the_colour_of_an_even_sky()
    {
        ushort[] colour = [846, 996, 795];
        using var rgb = TestImages.Rgb(4, [.. Enumerable.Repeat(colour, 20).SelectMany(c => c)]);

        using var bayer = Mosaic.SameSize(rgb);
        using var back = Demosaic.Bilinear(bayer);

        Assert.Equal(rgb.Samples, back.Samples);
    }
}
