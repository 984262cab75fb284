using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Cameras;

/// <summary>The part of a camera's picture that an exposure asked for.</summary>
/// <param name="Bin">1 to <see cref="StackGeometry.MaxBin"/>.</param>
/// <param name="Area">In binned pixels.</param>
public readonly record struct Subframe(int Bin, PixelRectangle Area);

/// <summary>A finished picture in Alpaca's order: columns one after the other, planes side by side. A lease.</summary>
/// <remarks>Thread safe. Each download opens a lease of its own, so that none is torn when the picture is replaced.</remarks>
public sealed class StackPicture : IDisposable
{
    private readonly Image16 _columns;

    private StackPicture(Image16 columns) => _columns = columns;

    /// <summary>Makes a camera's picture of a stack: binned as RGB by the mean, then mosaicked, then cut. Nothing is flipped.</summary>
    /// <param name="stack">As the telescope sent it, of the geometry's stack size.</param>
    /// <param name="geometry">What the camera delivers.</param>
    /// <param name="subframe">What part of it.</param>
    /// <param name="pool">Where the picture is borrowed from.</param>
    public static StackPicture Render(RgbImage stack, StackGeometry geometry, Subframe subframe, PixelPool pool)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(pool);

        using var binned = Bin(stack, geometry, subframe.Bin, pool);

        // Columns are rows in Alpaca's order, so the finished samples lie in an image of exchanged sides.
        var (isColour, width, height) = (geometry.Format == CameraFormat.LiveStackRgb, subframe.Area.Width, subframe.Area.Height);
        using Image16 columns = isColour ? new RgbImage(height, width, pool) : new MonoImage(height, width, pool);
        if (isColour)
        {
            ColumnOrder.Write(binned, subframe.Area, columns.WritableMemory);
        }
        else
        {
            ColumnOrder.WriteMosaic(binned, geometry.IsDoubled, subframe.Area, columns.WritableMemory);
        }

        return new StackPicture(columns.Share());
    }

    /// <summary>A lease for one download.</summary>
    public AlpacaImage Open()
    {
        var lease = _columns.Share();
        return new AlpacaImage(lease.Height, lease.Width, lease.SamplesPerPixel, lease.Memory, lease);
    }

    /// <inheritdoc/>
    public void Dispose() => _columns.Dispose();

    private static RgbImage Bin(RgbImage stack, StackGeometry geometry, int bin, PixelPool pool)
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
