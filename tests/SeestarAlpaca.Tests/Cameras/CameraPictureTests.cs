using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Cameras;

/// <summary>The pixels that clients get, compared with their definition sample by sample.</summary>
public sealed class CameraPictureTests
{
    public static TheoryData<int, int, int, CameraFormat, MosaicRecipe> Pictures
    {
        get
        {
            var table = new TheoryData<int, int, int, CameraFormat, MosaicRecipe>();
            foreach (var (width, height) in new[] { (8, 6), (9, 7), (10, 11), (13, 5), (4, 4), (5, 9) })
            {
                for (var bin = 1; bin <= CameraGeometry.MaxBin; bin++)
                {
                    table.Add(width, height, bin, CameraFormat.LiveStackRgb, MosaicRecipe.Auto);
                    table.Add(width, height, bin, CameraFormat.LiveStack, MosaicRecipe.SameSize);
                    table.Add(width, height, bin, CameraFormat.LiveStack, MosaicRecipe.Lossless2X);
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_full_picture_has_the_cameras_size_divided_by_the_bin_and_the_samples_of_its_definition(
        int width, int height, int bin, CameraFormat format, MosaicRecipe recipe)
    {
        using var stack = Random(width, height);
        var geometry = Geometry(stack, format, recipe);
        var (columns, rows) = (geometry.Width / bin, geometry.Height / bin);

        using var picture = StackRendering.Render(stack, geometry, new Subframe(bin, new PixelRectangle(0, 0, columns, rows)), StackColours.Linear, new PixelPool());
        using var image = picture.Open();

        Assert.Equal((columns, rows, format == CameraFormat.LiveStackRgb ? 3 : 1), (image.Width, image.Height, image.Planes));
        AssertSamples(stack, geometry, bin, (0, 0), image);
    }

    [Theory]
    [InlineData(CameraFormat.LiveStackRgb, MosaicRecipe.Auto)]
    [InlineData(CameraFormat.LiveStack, MosaicRecipe.SameSize)]
    [InlineData(CameraFormat.LiveStack, MosaicRecipe.Lossless2X)]
    public void A_subframe_is_a_part_of_the_full_picture_even_at_odd_offsets(CameraFormat format, MosaicRecipe recipe)
    {
        using var stack = Random(12, 10);
        var geometry = Geometry(stack, format, recipe);

        using var picture = StackRendering.Render(stack, geometry, new Subframe(2, new PixelRectangle(1, 3, 4, 2)), StackColours.Linear, new PixelPool());
        using var image = picture.Open();

        Assert.Equal((4, 2), (image.Width, image.Height));
        AssertSamples(stack, geometry, 2, (1, 3), image);
    }

    [Fact]
    public void A_download_goes_on_when_the_picture_is_dropped()
    {
        var pool = new PixelPool(retained: 0);
        using var stack = Random(4, 4);
        var geometry = Geometry(stack, CameraFormat.LiveStackRgb, MosaicRecipe.Auto);
        var picture = StackRendering.Render(stack, geometry, new Subframe(1, new PixelRectangle(0, 0, 4, 4)), StackColours.Linear, pool);

        using (var image = picture.Open())
        {
            picture.Dispose();
            AssertSamples(stack, geometry, 1, (0, 0), image);
        }

        Assert.Equal(0, pool.SamplesHeld);
    }

    [Fact]
    public void What_is_needed_on_the_way_is_given_back()
    {
        var pool = new PixelPool(retained: 0);
        using var stack = Random(9, 7);
        var geometry = Geometry(stack, CameraFormat.LiveStack, MosaicRecipe.Lossless2X);

        using (StackRendering.Render(stack, geometry, new Subframe(4, new PixelRectangle(0, 0, 4, 3)), StackColours.Linear, pool))
        {
            Assert.Equal(4 * 3, pool.SamplesHeld);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => StackRendering.Render(stack, geometry, new Subframe(4, new PixelRectangle(0, 0, 50, 30)), StackColours.Linear, pool));
        Assert.Equal(0, pool.SamplesHeld);
    }

    private static CameraGeometry Geometry(RgbImage stack, CameraFormat format, MosaicRecipe recipe) =>
        CameraGeometry.OfStack(format, stack.Width, stack.Height, TelescopeModel.Of("Seestar S50"), recipe);

    private static RgbImage Random(int width, int height)
    {
        var image = new RgbImage(width, height);
        var random = new Random(width + (100 * height));
        foreach (ref var sample in image.Writable)
        {
            sample = (ushort)random.Next(65536);
        }

        return image;
    }

    /// <summary>Each sample is the mean of the stack's pixels under its binned RGB pixel; beyond the edge the last column and row go on.</summary>
    private static void AssertSamples(RgbImage stack, CameraGeometry geometry, int bin, (int X, int Y) start, AlpacaImage image)
    {
        var samples = image.Samples.Span;
        for (var x = 0; x < image.Width; x++)
        {
            for (var y = 0; y < image.Height; y++)
            {
                for (var plane = 0; plane < image.Planes; plane++)
                {
                    var (column, row) = (start.X + x, start.Y + y);
                    var channel = image.Planes == 3 ? plane : (column % 2) + (row % 2);
                    var (left, top) = geometry.IsDoubled ? (column / 2 * bin, row / 2 * bin) : (column * bin, row * bin);
                    Assert.Equal(Mean(stack, left, top, bin, channel), samples[(((x * image.Height) + y) * image.Planes) + plane]);
                }
            }
        }
    }

    private static int Mean(RgbImage stack, int left, int top, int bin, int channel)
    {
        var pixels =
            from y in Enumerable.Range(top, bin)
            from x in Enumerable.Range(left, bin)
            select (int)stack.Row(Math.Min(y, stack.Height - 1))[(3 * Math.Min(x, stack.Width - 1)) + channel];
        return (int)Math.Floor(pixels.Average() + 0.5);
    }
}
