using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Geometry;

public sealed class ColumnOrderTests
{
    [Fact]
    public void Columns_follow_each_other_from_left_to_right_and_top_to_bottom()
    {
        using var image = TestImages.Mono(3, 1, 2, 3, 4, 5, 6);
        var destination = new ushort[6];

        ColumnOrder.Write(image, PixelRectangle.Of(image), destination);

        Assert.Equal<ushort>([1, 4, 2, 5, 3, 6], destination);
    }

    [Fact]
    public void The_colours_of_a_pixel_stay_together()
    {
        using var image = TestImages.Rgb(2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        var destination = new ushort[12];

        ColumnOrder.Write(image, PixelRectangle.Of(image), destination);

        Assert.Equal<ushort>([1, 2, 3, 7, 8, 9, 4, 5, 6, 10, 11, 12], destination);
    }

    [Fact]
    public void Every_area_agrees_with_the_plain_definition()
    {
        var random = new Random(32227);
        for (var i = 0; i < 60; i++)
        {
            var (width, height) = (random.Next(1, 200), random.Next(1, 200));
            using Image16 image = i % 2 == 0
                ? TestImages.Random(new BayerImage(width, height, BayerPhase.Rggb), random)
                : TestImages.Random(new RgbImage(width, height), random);
            var (x, y) = (random.Next(width), random.Next(height));
            var area = new PixelRectangle(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1));
            var destination = new ushort[area.Width * area.Height * image.SamplesPerPixel];

            ColumnOrder.Write(image, area, destination);

            Assert.Equal(ByDefinition(image, area), destination);
        }
    }

    [Fact]
    public void Areas_side_by_side_are_pieces_of_the_whole()
    {
        using var image = TestImages.Random(new RgbImage(150, 70), new Random(3));
        var whole = new ushort[150 * 70 * 3];
        var pieces = new ushort[whole.Length];

        ColumnOrder.Write(image, PixelRectangle.Of(image), whole);
        for (var x = 0; x < 150; x += 40)
        {
            ColumnOrder.Write(image, new PixelRectangle(x, 0, Math.Min(40, 150 - x), 70), pieces.AsMemory(x * 70 * 3));
        }

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused_and_the_rest_of_a_longer_one_is_kept()
    {
        using var image = TestImages.Mono(2, 1, 2, 3, 4);
        var longer = new ushort[] { 9, 9, 9, 9, 9 };

        ColumnOrder.Write(image, PixelRectangle.Of(image), longer);

        Assert.Equal<ushort>([1, 3, 2, 4, 9], longer);
        var error = Assert.Throws<ArgumentException>(() => ColumnOrder.Write(image, PixelRectangle.Of(image), new ushort[3]));
        Assert.Contains("4 samples, the destination only 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_area_outside_the_picture_is_refused()
    {
        using var image = new MonoImage(2, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnOrder.Write(image, new PixelRectangle(1, 0, 2, 1), new ushort[9]));
    }

    private static ushort[] ByDefinition(Image16 image, PixelRectangle area)
    {
        var samples = image.Samples.ToArray();
        return [.. from x in Enumerable.Range(area.X, area.Width)
                   from y in Enumerable.Range(area.Y, area.Height)
                   from channel in Enumerable.Range(0, image.SamplesPerPixel)
                   select samples[(((y * image.Width) + x) * image.SamplesPerPixel) + channel]];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_mosaic_written_at_once_is_the_mosaic_written_by_columns(bool isDoubled)
    {
        using var image = new RgbImage(71, 67);
        new Random(3).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(image.Writable));
        using var mosaic = isDoubled ? Mosaic.Lossless2X(image) : Mosaic.SameSize(image);

        foreach (var area in new[] { PixelRectangle.Of(mosaic), new PixelRectangle(1, 0, 66, 60), new PixelRectangle(2, 3, 65, 1), new PixelRectangle(70, 66, 1, 1) })
        {
            var (expected, actual) = (new ushort[area.Width * area.Height], new ushort[area.Width * area.Height]);
            ColumnOrder.Write(mosaic, area, expected);
            ColumnOrder.WriteMosaic(image, isDoubled, area, actual);

            Assert.Equal(expected, actual);
        }
    }
}
