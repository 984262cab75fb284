using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Cameras;

/// <summary>Single exposures in the formats of the cameras, sample by sample.</summary>
public sealed class SubRenderingTests
{
    private static readonly TelescopeModel S50 = TelescopeModel.Of("Seestar S50");

    public static TheoryData<BayerPhase> Phases => [.. Enum.GetValues<BayerPhase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public void A_native_camera_has_every_pixel_where_the_telescope_has_it_and_tells_the_phase(BayerPhase phase)
    {
        using var sub = Random(10, 6, phase);
        var geometry = CameraGeometry.OfSubs(CameraFormat.LatestSub, (10, 6), 2.9, phase, SubPhase.Native);

        using var image = Render(sub, geometry, 1);

        Assert.Equal(phase, geometry.Phase);
        AssertSamples(image, 10, 6, (x, y) => sub.Row(y)[x]);
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void A_rephased_camera_begins_at_the_first_red_pixel_and_repeats_the_edge_by_colour(BayerPhase phase)
    {
        using var sub = Random(10, 6, phase);
        var geometry = CameraGeometry.OfSubs(CameraFormat.LatestSub, (10, 6), 2.9, phase, SubPhase.Rggb);

        using var image = Render(sub, geometry, 1);

        Assert.Equal(BayerPhase.Rggb, geometry.Phase);
        AssertSamples(image, 10, 6, (x, y) => sub.Row(Shifted(y, phase.RedY(), 6))[Shifted(x, phase.RedX(), 10)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Binning_joins_pixels_of_the_same_colour(int bin)
    {
        using var sub = Random(12, 8, BayerPhase.Grbg);
        var geometry = CameraGeometry.OfSubs(CameraFormat.LatestSub, (12, 8), 2.9, BayerPhase.Grbg, SubPhase.Native);
        using var expected = Binning.Mean(sub, bin);

        using var image = Render(sub, geometry, bin);

        AssertSamples(image, 12 / bin, 8 / bin, (x, y) => expected.Row(y)[x]);
    }

    [Theory]
    [InlineData(MosaicRecipe.Lossless2X, 2)]
    [InlineData(MosaicRecipe.SameSize, 1)]
    public void A_live_stack_camera_delivers_subs_at_its_own_size_and_phase_each_cell_repeated_where_it_is_doubled(MosaicRecipe recipe, int scale)
    {
        using var sub = Random(10, 6, BayerPhase.Grbg);
        var geometry = CameraGeometry.OfStack(CameraFormat.LiveStack, 10, 6, S50, recipe);

        using var image = Render(sub, geometry, 1);

        AssertSamples(image, 10 * scale, 6 * scale, (x, y) =>
        {
            var (column, row) = ((2 * (x / (2 * scale))) + (x % 2), (2 * (y / (2 * scale))) + (y % 2));
            return sub.Row(row)[Shifted(column, 1, 10)];
        });
    }

    [Fact]
    public void A_live_stack_camera_of_an_enhanced_stack_repeats_the_subs_cells_too()
    {
        using var sub = Random(4, 4, BayerPhase.Grbg);

        using var image = Render(sub, CameraGeometry.OfStack(CameraFormat.LiveStack, 8, 8, S50, MosaicRecipe.SameSize), 1);

        Assert.Equal((8, 8), (image.Width, image.Height));
    }

    [Fact]
    public void A_colour_camera_delivers_subs_in_colour()
    {
        using var sub = new BayerImage(6, 4, BayerPhase.Grbg);
        for (var i = 0; i < sub.Samples.Length; i++)
        {
            sub.Writable[i] = (ushort)(100 * (1 + BayerPhase.Grbg.Channel(i % 6, i / 6)));
        }

        using var image = Render(sub, CameraGeometry.OfStack(CameraFormat.LiveStackRgb, 12, 8, S50, MosaicRecipe.Auto), 1);

        Assert.Equal((12, 8, 3), (image.Width, image.Height, image.Planes));
        Assert.Equal([100, 200, 300], image.Samples[..3].ToArray());
        Assert.Equal([100, 200, 300], image.Samples[^3..].ToArray());
    }

    [Fact]
    public void A_sub_that_does_not_fit_is_refused_with_a_remedy()
    {
        using var sub = Random(10, 6, BayerPhase.Grbg);

        var refused = Assert.Throws<DriverException>(() => Render(sub, CameraGeometry.OfStack(CameraFormat.LiveStack, 15, 9, S50, MosaicRecipe.SameSize), 1));
        var changed = Assert.Throws<DriverException>(() => Render(sub, CameraGeometry.OfSubs(CameraFormat.LatestSub, (12, 6), 2.9, BayerPhase.Grbg, SubPhase.Rggb), 1));

        Assert.Equal((0x40B, 0x40B), (refused.Number, changed.Number));
        Assert.Contains("camera Latest sub", refused.Message, StringComparison.Ordinal);
        Assert.Equal("The sub is now 10×6; disconnect and connect the camera again.", changed.Message);
    }

    private static AlpacaImage Render(BayerImage sub, CameraGeometry geometry, int bin)
    {
        var area = new PixelRectangle(0, 0, geometry.Width / bin, geometry.Height / bin);
        using var picture = SubRendering.Render(sub, sub.Phase, geometry, new Subframe(bin, area), new PixelPool());
        return picture.Open();
    }

    /// <summary>Beyond the edge the same colour comes again.</summary>
    private static int Shifted(int position, int shift, int length) => position + shift < length ? position + shift : position + shift - 2;

    private static void AssertSamples(AlpacaImage image, int width, int height, Func<int, int, ushort> expected)
    {
        Assert.Equal((width, height, 1), (image.Width, image.Height, image.Planes));
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                Assert.Equal(expected(x, y), image.Samples.Span[(x * height) + y]);
            }
        }
    }

    private static BayerImage Random(int width, int height, BayerPhase phase)
    {
        var image = new BayerImage(width, height, phase);
        var random = new Random(width + height);
        foreach (ref var sample in image.Writable)
        {
            sample = (ushort)random.Next(65536);
        }

        return image;
    }
}
