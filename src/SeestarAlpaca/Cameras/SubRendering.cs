using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// Makes cameras' pictures of single exposures. A camera of subs delivers the raw samples, re-phased to RGGB or as they are; a camera of stacks delivers
/// them at its own size: each cell of the RGGB camera, each pixel of the colour camera is repeated where the camera is finer. Binning joins pixels of
/// the same colour. Pure.
/// </summary>
public static class SubRendering
{
    /// <summary>Makes a picture.</summary>
    /// <param name="sub">As the telescope sent it.</param>
    /// <param name="phase">Its phase; of the wide camera the sub's own is an assumption.</param>
    /// <param name="geometry">What the camera delivers.</param>
    /// <param name="subframe">What part of it.</param>
    /// <param name="pool">Where the picture is borrowed from.</param>
    /// <exception cref="DriverException">0x40B: the exposure's size does not fit the camera's.</exception>
    public static CameraPicture Render(BayerImage sub, BayerPhase phase, CameraGeometry geometry, Subframe subframe, PixelPool pool)
    {
        ArgumentNullException.ThrowIfNull(sub);
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(pool);
        if (geometry.Format is CameraFormat.LatestSub or CameraFormat.Wide)
        {
            geometry.RequireSourceSize((sub.Width, sub.Height));
        }

        var scale = ScaleOf(sub, geometry);
        if (geometry.Format == CameraFormat.LiveStackRgb)
        {
            using var colour = Demosaic.Bilinear(sub, pool);
            using var whole = Planes.Repeat(colour, scale, pool);
            using var binnedColour = Binning.Mean(whole, subframe.Bin, pool);
            return StackRendering.Colour(binnedColour, geometry, subframe.Area, pool);
        }

        using var bayer = geometry.Phase == BayerPhase.Rggb ? Rephasing.ToRggb(sub, phase, scale, pool) : sub.Share();
        using var binned = Binning.Mean(bayer, subframe.Bin, pool);
        return CameraPicture.Of(binned, subframe.Area, pool);
    }

    private static int ScaleOf(BayerImage sub, CameraGeometry geometry)
    {
        var scale = geometry.Width / sub.Width;
        return scale >= 1 && scale * sub.Width == geometry.Width && scale * sub.Height == geometry.Height
            ? scale
            : throw DriverException.InvalidOperation(
                $"A sub of {sub.Width}×{sub.Height} pixels does not fit this camera of {geometry.Width}×{geometry.Height}. "
                + "Use the readout mode Live stack, or the camera Latest sub.");
    }
}
