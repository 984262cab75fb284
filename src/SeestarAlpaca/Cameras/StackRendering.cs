using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stretch;

namespace SeestarAlpaca.Cameras;

/// <summary>Makes cameras' pictures of stacks: binned as RGB by the mean, then coloured, then mosaicked, then cut. Nothing is flipped. Pure.</summary>
public static class StackRendering
{
    /// <summary>Makes a picture.</summary>
    /// <param name="stack">As the telescope sent it, of the geometry's source size.</param>
    /// <param name="geometry">What the camera delivers.</param>
    /// <param name="subframe">What part of it.</param>
    /// <param name="colours">What is made of the colours; of a monochrome camera one of luminance, red, green and blue.</param>
    /// <param name="pool">Where the picture is borrowed from.</param>
    public static CameraPicture Render(RgbImage stack, CameraGeometry geometry, Subframe subframe, StackColours colours, PixelPool pool)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(pool);
        if (geometry.Format == CameraFormat.Luminance)
        {
            using var plane = colours switch
            {
                StackColours.Red => Planes.Channel(stack, 0, pool),
                StackColours.Green => Planes.Channel(stack, 1, pool),
                StackColours.Blue => Planes.Channel(stack, 2, pool),
                _ => Planes.Luminance(stack, pool),
            };
            using var binnedPlane = Binning.Mean(plane, subframe.Bin, pool);
            return CameraPicture.Of(binnedPlane, subframe.Area, pool);
        }

        using var binned = Bin(stack, geometry, subframe.Bin, pool);
        using var coloured = colours == StackColours.Stretched ? AutoStretch.Measure(binned).ApplyWide(binned, pool) : binned.Share();
        return geometry.Format == CameraFormat.LiveStackRgb
            ? Colour(coloured, geometry, subframe.Area, pool)
            : CameraPicture.Write(subframe.Area, 1, columns => ColumnOrder.WriteMosaic(coloured, geometry.IsDoubled, subframe.Area, columns), pool);
    }

    /// <summary>The picture of a camera that delivers three planes.</summary>
    /// <param name="binned">The whole picture.</param>
    /// <param name="geometry">Tells the order of the planes.</param>
    /// <param name="area">The part that is delivered.</param>
    /// <param name="pool">Where the picture is borrowed from.</param>
    internal static CameraPicture Colour(RgbImage binned, CameraGeometry geometry, PixelRectangle area, PixelPool pool) =>
        CameraPicture.Write(area, 3, columns => WritePlanes(binned, geometry.PlaneOrder, area, columns), pool);

    private static void WritePlanes(RgbImage image, PlaneOrder order, PixelRectangle area, Memory<ushort> columns)
    {
        ColumnOrder.Write(image, area, columns);
        if (order == PlaneOrder.Bgr)
        {
            var samples = columns.Span;
            for (var i = 0; i + 2 < 3 * area.Width * area.Height; i += 3)
            {
                (samples[i], samples[i + 2]) = (samples[i + 2], samples[i]);
            }
        }
    }

    private static RgbImage Bin(RgbImage stack, CameraGeometry geometry, int bin, PixelPool pool)
    {
        if (bin == 1)
        {
            return stack.Share();
        }

        // A binned doubled picture has (2w div bin) columns, which can need one cell more than w div bin; the edge is repeated for it.
        var (width, height) = geometry.IsDoubled ? (Cells(geometry.Width, bin) * bin, Cells(geometry.Height, bin) * bin) : (stack.Width, stack.Height);
        using var whole = width > stack.Width || height > stack.Height
            ? EdgeRepetition.Extend(stack, Math.Max(width, stack.Width), Math.Max(height, stack.Height), pool)
            : stack.Share();
        return Binning.Mean(whole, bin, pool);
    }

    private static int Cells(int doubledSide, int bin) => ((doubledSide / bin) + 1) / 2;
}
