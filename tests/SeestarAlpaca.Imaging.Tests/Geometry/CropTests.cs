using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Geometry;

public sealed class CropTests
{
    [Fact]
    public void A_part_of_a_monochrome_picture_is_cut_out()
    {
        using var image = TestImages.Mono(3, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        using var part = Crop.Copy(image, new PixelRectangle(1, 0, 2, 2));

        Assert.Equal((2, 2), (part.Width, part.Height));
        Assert.Equal<ushort>([2, 3, 5, 6], part.Samples.ToArray());
    }

    [Fact]
    public void A_part_of_a_colour_picture_keeps_whole_pixels()
    {
        using var image = TestImages.Rgb(2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

        using var part = Crop.Copy(image, new PixelRectangle(1, 1, 1, 1));

        Assert.Equal<ushort>([10, 11, 12], part.Samples.ToArray());
    }

    [Theory]
    [InlineData(0, 0, BayerPhase.Grbg)]
    [InlineData(1, 0, BayerPhase.Rggb)]
    [InlineData(0, 1, BayerPhase.Bggr)]
    [InlineData(1, 1, BayerPhase.Gbrg)]
    [InlineData(2, 2, BayerPhase.Grbg)]
    public void The_bayer_phase_follows_the_offset(int x, int y, BayerPhase phase)
    {
        using var image = TestImages.Bayer(4, BayerPhase.Grbg, [.. Enumerable.Range(0, 16).Select(i => (ushort)i)]);

        using var part = Crop.Copy(image, new PixelRectangle(x, y, 2, 2));

        Assert.Equal(phase, part.Phase);
        Assert.Equal((ushort)((4 * y) + x), part.Samples[0]);
    }

    [Fact]
    public void The_copy_lives_on_when_the_picture_is_gone()
    {
        var image = TestImages.Mono(2, 1, 2, 3, 4);
        using var part = Crop.Copy(image, PixelRectangle.Of(image));

        image.Dispose();

        Assert.Equal<ushort>([1, 2, 3, 4], part.Samples.ToArray());
    }

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, -1, 1, 1)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(2, 0, 2, 1)]
    [InlineData(0, 1, 1, 2)]
    [InlineData(3, 0, 1, 1)]
    [InlineData(1, 0, int.MaxValue, 1)]
    public void An_area_outside_the_picture_is_refused(int x, int y, int width, int height)
    {
        using var image = new MonoImage(3, 2);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Crop.Copy(image, new PixelRectangle(x, y, width, height)));

        Assert.Equal("area", error.ParamName);
        Assert.Contains("3 × 2", error.Message, StringComparison.Ordinal);
    }
}
