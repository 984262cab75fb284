using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Imaging.Geometry;

namespace SeestarAlpaca.Cameras;

/// <summary>What a client sets before an exposure. Only <see cref="CheckedSubframe"/> compares with the picture's size. Immutable.</summary>
/// <param name="Bin">1 to <see cref="CameraGeometry.MaxBin"/>.</param>
/// <param name="StartX">First column, in binned pixels.</param>
/// <param name="StartY">First row, in binned pixels.</param>
/// <param name="NumX">Columns, in binned pixels.</param>
/// <param name="NumY">Rows, in binned pixels.</param>
/// <param name="Readout">Index of the readout mode.</param>
internal sealed record CameraSettings(int Bin, int StartX, int StartY, int NumX, int NumY, int Readout)
{
    /// <summary>The settings of a camera that has just been connected: the whole picture.</summary>
    public static CameraSettings Initial(CameraGeometry geometry) => new(1, 0, 0, geometry.Width, geometry.Height, 0);

    /// <summary>The settings with another bin; the subframe stays as it is (alpaca-camera.md §3.2).</summary>
    /// <exception cref="DriverException">0x401: there is no such bin.</exception>
    public CameraSettings WithBin(int bin) => bin is >= 1 and <= CameraGeometry.MaxBin
        ? this with { Bin = bin }
        : throw DriverException.InvalidValue($"Bin is 1 to {CameraGeometry.MaxBin}, not {bin}.");

    /// <summary>The settings with another readout mode.</summary>
    /// <exception cref="DriverException">0x401: there is no such mode.</exception>
    public CameraSettings WithReadout(int mode, IReadOnlyList<ReadoutMode> modes) => mode >= 0 && mode < modes.Count
        ? this with { Readout = mode }
        : throw DriverException.InvalidValue($"ReadoutMode is {string.Join(", ", modes.Select((each, i) => $"{i} ({each.Name})"))}, not {mode}.");

    /// <summary>The part of the picture that an exposure delivers.</summary>
    /// <exception cref="DriverException">0x401: it does not lie in the picture.</exception>
    public Subframe CheckedSubframe(CameraGeometry geometry)
    {
        var (width, height) = (geometry.Width / Bin, geometry.Height / Bin);
        return NumX >= 1 && NumY >= 1 && StartX >= 0 && StartY >= 0 && (long)StartX + NumX <= width && (long)StartY + NumY <= height
            ? new Subframe(Bin, new PixelRectangle(StartX, StartY, NumX, NumY))
            : throw DriverException.InvalidValue(
                $"The subframe from {StartX}, {StartY} with {NumX}×{NumY} pixels does not lie in the {width}×{height} pixels that there are at bin {Bin}.");
    }
}
