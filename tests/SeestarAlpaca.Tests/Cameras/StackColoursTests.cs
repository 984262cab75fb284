using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Cameras;

/// <summary>What readout modes and options make of a stack's colours.</summary>
public sealed class StackColoursTests
{
    private static readonly ushort[] Pixels = [10, 20, 31, 40, 50, 60, 70, 80, 90, 100, 110, 121];

    [Theory]
    [InlineData(StackColours.Luminance, new[] { 20, 50, 80, 110 })]
    [InlineData(StackColours.Red, new[] { 10, 40, 70, 100 })]
    [InlineData(StackColours.Green, new[] { 20, 50, 80, 110 })]
    [InlineData(StackColours.Blue, new[] { 31, 60, 90, 121 })]
    public void The_monochrome_camera_delivers_one_plane(StackColours colours, int[] rowByRow)
    {
        var samples = Render(Geometry(CameraFormat.Luminance), colours);

        Assert.Equal([rowByRow[0], rowByRow[2], rowByRow[1], rowByRow[3]], samples);
    }

    [Fact]
    public void The_luminance_is_rounded_half_up()
    {
        using var stack = new RgbImage(1, 1);
        ((ushort[])[1, 2, 1]).CopyTo(stack.Writable);

        Assert.Equal([2], Render(Geometry(CameraFormat.Luminance, 1, 1), StackColours.Luminance, stack));
    }

    [Theory]
    [InlineData(PlaneOrder.Rgb, new[] { 10, 20, 31, 70, 80, 90 })]
    [InlineData(PlaneOrder.Bgr, new[] { 31, 20, 10, 90, 80, 70 })]
    public void The_order_of_the_planes_is_the_users_choice(PlaneOrder order, int[] firstColumn)
    {
        var samples = Render(Geometry(CameraFormat.LiveStackRgb) with { PlaneOrder = order }, StackColours.Linear);

        Assert.Equal(firstColumn, samples[..6]);
    }

    [Fact]
    public void A_stretched_stack_keeps_the_order_of_its_values_and_brings_the_sky_to_a_quarter()
    {
        using var stack = new RgbImage(100, 100);
        var random = new Random(1);
        foreach (ref var sample in stack.Writable)
        {
            sample = (ushort)(1000 + random.Next(-30, 31));
        }

        stack.Writable[..3].Fill(20000);

        var samples = Render(Geometry(CameraFormat.LiveStackRgb, 100, 100), StackColours.Stretched, stack);

        Assert.InRange(samples.Order().ElementAt(samples.Length / 2), 0.24 * 65535, 0.26 * 65535);
        Assert.Equal(samples.Max(), samples[0]);
        Assert.True(samples.Distinct().Count() > 50, "16 bits have more levels than these.");
    }

    [Fact]
    public void A_stretched_mosaic_is_the_mosaic_of_the_stretched_stack()
    {
        using var stack = new RgbImage(40, 40);
        var random = new Random(2);
        foreach (ref var sample in stack.Writable)
        {
            sample = (ushort)(1000 + random.Next(-30, 31));
        }

        var colour = Render(Geometry(CameraFormat.LiveStackRgb, 40, 40), StackColours.Stretched, stack);
        var mosaic = Render(Geometry(CameraFormat.LiveStack, 40, 40), StackColours.Stretched, stack);

        for (var i = 0; i < mosaic.Length; i++)
        {
            var (x, y) = (i / 40, i % 40);
            Assert.Equal(colour[(3 * i) + (x % 2) + (y % 2)], mosaic[i]);
        }
    }

    private static CameraGeometry Geometry(CameraFormat format, int width = 2, int height = 2) =>
        CameraGeometry.OfStack(format, width, height, TelescopeModel.Of("Seestar S50"), MosaicRecipe.SameSize);

    private static int[] Render(CameraGeometry geometry, StackColours colours)
    {
        using var stack = new RgbImage(2, 2);
        Pixels.CopyTo(stack.Writable);
        return Render(geometry, colours, stack);
    }

    private static int[] Render(CameraGeometry geometry, StackColours colours, RgbImage stack)
    {
        using var picture = StackRendering.Render(
            stack, geometry, new Subframe(1, new PixelRectangle(0, 0, geometry.Width, geometry.Height)), colours, new PixelPool());
        using var image = picture.Open();
        return [.. image.Samples.ToArray().Select(sample => (int)sample)];
    }
}
