using System.IO.Compression;
using System.Runtime.InteropServices;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Tests.Cameras;

/// <summary>Single exposures as telescopes have made them: a preview of an S30 as it came over the network, and a sub of an S50 from its FITS file.</summary>
public sealed class RecordedSubsTests
{
    private const string Preview = "frames/preview-1080x1920-rawbayer.bin.gz";
    private const string Sub = "m94-subs/Light_M_94_10.0s_IRCUT_20250326-212046.fit.gz";

    [Theory]
    [InlineData(Preview)]
    [InlineData(Sub)]
    public void The_native_camera_keeps_every_pixel(string file)
    {
        using var sub = Read(file);

        using var image = Render(sub, SubPhase.Native);

        for (var x = 0; x < image.Width; x++)
        {
            for (var y = 0; y < image.Height; y++)
            {
                Assert.True(sub.Row(y)[x] == image.Samples.Span[(x * image.Height) + y], $"Pixel {x}, {y} is another.");
            }
        }
    }

    [Theory]
    [InlineData(Preview)]
    [InlineData(Sub)]
    public void The_rephased_camera_keeps_every_pixel_but_the_first_column_one_place_to_the_left(string file)
    {
        using var sub = Read(file);

        using var image = Render(sub, SubPhase.Rggb);

        for (var x = 1; x < image.Width; x++)
        {
            for (var y = 0; y < image.Height; y++)
            {
                Assert.True(sub.Row(y)[x] == image.Samples.Span[((x - 1) * image.Height) + y], $"Pixel {x}, {y} is another.");
            }
        }
    }

    [Theory]
    [InlineData(Preview)]
    [InlineData(Sub)]
    public void Debayered_as_RGGB_the_rephased_sub_has_the_colours_that_GRBG_gives_the_original(string file)
    {
        using var sub = Read(file);
        using var expected = Demosaic.Bilinear(sub);
        using var delivered = Render(sub, SubPhase.Rggb);
        using var rggb = new BayerImage(delivered.Width, delivered.Height, BayerPhase.Rggb);
        for (var x = 0; x < rggb.Width; x++)
        {
            for (var y = 0; y < rggb.Height; y++)
            {
                rggb.Writable[(y * rggb.Width) + x] = delivered.Samples.Span[(x * rggb.Height) + y];
            }
        }

        using var actual = Demosaic.Bilinear(rggb);

        // The first and the last two columns lack neighbours, or have repeated ones.
        for (var y = 0; y < rggb.Height; y++)
        {
            Assert.Equal(expected.Row(y)[6..^3], actual.Row(y)[3..^6]);
        }
    }

    private static AlpacaImage Render(BayerImage sub, SubPhase order)
    {
        var geometry = CameraGeometry.OfSubs(CameraFormat.LatestSub, (sub.Width, sub.Height), 2.9, sub.Phase, order);
        using var picture = SubRendering.Render(sub, sub.Phase, geometry, new Subframe(1, new PixelRectangle(0, 0, sub.Width, sub.Height)), new PixelPool());
        return picture.Open();
    }

    private static BayerImage Read(string file)
    {
        using var stream = File.OpenRead(TestData.Recorded(file));
        if (file == Sub)
        {
            using var fits = FitsReader.Read(stream);
            return (BayerImage)((BayerImage)fits.Image).Share();
        }

        using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
        var image = new BayerImage(1080, 1920, BayerPhase.Grbg);
        unpacked.ReadExactly(MemoryMarshal.AsBytes(image.Writable));
        return image;
    }
}
