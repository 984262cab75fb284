using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Cameras;

/// <summary>The part of a camera's picture that an exposure asked for.</summary>
/// <param name="Bin">1 to <see cref="CameraGeometry.MaxBin"/>.</param>
/// <param name="Area">In binned pixels.</param>
public readonly record struct Subframe(int Bin, PixelRectangle Area);

/// <summary>A finished picture in Alpaca's order: columns one after the other, planes side by side. A lease.</summary>
/// <remarks>Thread safe. Each download opens a lease of its own, so that none is torn when the picture is replaced.</remarks>
public sealed class CameraPicture : IDisposable
{
    private readonly Image16 _columns;

    private CameraPicture(Image16 columns) => _columns = columns;

    /// <summary>A lease for one download.</summary>
    public AlpacaImage Open()
    {
        var lease = _columns.Share();
        return new AlpacaImage(lease.Height, lease.Width, lease.SamplesPerPixel, lease.Memory, lease);
    }

    /// <inheritdoc/>
    public void Dispose() => _columns.Dispose();

    /// <summary>Takes a finished part of a binned picture.</summary>
    /// <param name="binned">The whole picture; of the rank that is delivered.</param>
    /// <param name="area">The part.</param>
    /// <param name="pool">Where the picture is borrowed from.</param>
    internal static CameraPicture Of(Image16 binned, PixelRectangle area, PixelPool pool) =>
        Write(area, binned.SamplesPerPixel, columns => ColumnOrder.Write(binned, area, columns), pool);

    /// <summary>Lets a part of a picture be written.</summary>
    /// <param name="area">The part.</param>
    /// <param name="samplesPerPixel">1 or 3.</param>
    /// <param name="write">Writes its samples in Alpaca's order.</param>
    /// <param name="pool">Where the picture is borrowed from.</param>
    internal static CameraPicture Write(PixelRectangle area, int samplesPerPixel, Action<Memory<ushort>> write, PixelPool pool)
    {
        // Columns are rows in Alpaca's order, so the finished samples lie in an image of exchanged sides.
        using Image16 columns = samplesPerPixel == 3 ? new RgbImage(area.Height, area.Width, pool) : new MonoImage(area.Height, area.Width, pool);
        write(columns.WritableMemory);
        return new CameraPicture(columns.Share());
    }
}
