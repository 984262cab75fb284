using SeestarAlpaca.Imaging.Pictures;

namespace SeestarAlpaca.Imaging.Tests.Pictures;

public sealed class Image8Tests
{
    [Fact]
    public void A_row_holds_all_samples_of_its_pixels()
    {
        var image = new Image8(2, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

        Assert.Equal<byte>([7, 8, 9, 10, 11, 12], image.Row(1).ToArray());
    }

    [Theory]
    [InlineData(0, 1, 1, 0)]
    [InlineData(1, -1, 1, 1)]
    [InlineData(1, 1, 2, 2)]
    [InlineData(2, 2, 3, 11)]
    [InlineData(65536, 65536, 1, 0)]
    public void Sizes_that_do_not_fit_together_are_refused(int width, int height, int samplesPerPixel, int samples)
    {
        Assert.ThrowsAny<ArgumentException>(() => new Image8(width, height, samplesPerPixel, new byte[samples]));
    }
}
