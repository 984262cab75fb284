using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// Size, pixels and colours of a camera, fixed when a client connects. Pure.
/// </summary>
/// <param name="Format">What the camera delivers.</param>
/// <param name="SourceWidth">Columns of the telescope's picture: a stack, a sub or the wide camera's.</param>
/// <param name="SourceHeight">Rows of it.</param>
/// <param name="IsDoubled">Whether each pixel of the stack becomes a 2 × 2 cell.</param>
/// <param name="PixelSize">Side of a camera pixel in µm, unbinned.</param>
public sealed record CameraGeometry(CameraFormat Format, int SourceWidth, int SourceHeight, bool IsDoubled, double PixelSize)
{
    /// <summary>Bins 1 to 4 are offered.</summary>
    public const int MaxBin = 4;

    private const int LargestWidth = 2160;
    private const int LargestHeight = 3840;
    private const double SmallestPixel = 1.0;

    /// <summary>Columns of the camera, unbinned.</summary>
    public int Width => IsDoubled ? 2 * SourceWidth : SourceWidth;

    /// <summary>Rows of the camera, unbinned.</summary>
    public int Height => IsDoubled ? 2 * SourceHeight : SourceHeight;

    /// <summary>The order of a colour camera's planes.</summary>
    public PlaneOrder PlaneOrder { get; init; }

    /// <summary>The phase of a Bayer camera's pictures; RGGB but for raw subs that are wanted as they are.</summary>
    public BayerPhase Phase { get; init; } = BayerPhase.Rggb;

    /// <summary>ASCOM's name for what the camera delivers.</summary>
    public SensorType SensorType => Format switch
    {
        CameraFormat.LiveStackRgb => SensorType.Color,
        CameraFormat.Luminance => SensorType.Monochrome,
        _ => SensorType.RGGB,
    };

    /// <summary>Decides how a stack of some size is delivered.</summary>
    /// <param name="format">What the camera delivers.</param>
    /// <param name="width">Columns of the stack.</param>
    /// <param name="height">Rows of the stack.</param>
    /// <param name="model">Sensor width and pixel size: a stack of twice the sensor's width is the same field on a finer grid.</param>
    /// <param name="recipe">The user's choice for RGGB.</param>
    public static CameraGeometry OfStack(CameraFormat format, int width, int height, TelescopeModel model, MosaicRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var pixel = model.PixelSizeOf(width);
        var fits = 2 * width <= LargestWidth && 2 * height <= LargestHeight && pixel / 2 >= SmallestPixel;
        var doubled = format == CameraFormat.LiveStack && recipe switch
        {
            MosaicRecipe.Lossless2X => true,
            MosaicRecipe.SameSize => false,
            _ => fits,
        };
        return new CameraGeometry(format, width, height, doubled, Math.Round(doubled ? pixel / 2 : pixel, 4));
    }

    /// <summary>Decides how single exposures of some size are delivered.</summary>
    /// <param name="format">Latest sub or wide.</param>
    /// <param name="size">Columns and rows.</param>
    /// <param name="pixelSize">Side of a pixel in µm.</param>
    /// <param name="phase">As the telescope sends them.</param>
    /// <param name="order">The user's choice.</param>
    public static CameraGeometry OfSubs(CameraFormat format, (int Width, int Height) size, double pixelSize, BayerPhase phase, SubPhase order) =>
        new(format, size.Width, size.Height, IsDoubled: false, Math.Round(pixelSize, 4)) { Phase = order == SubPhase.Native ? phase : BayerPhase.Rggb };

    /// <summary>Refuses a picture whose size is not the one that the client has connected with.</summary>
    /// <exception cref="DriverException">0x40B: it is another size.</exception>
    public void RequireSourceSize((int Width, int Height) size)
    {
        if (size != (SourceWidth, SourceHeight))
        {
            var what = Format switch { CameraFormat.LatestSub => "sub", CameraFormat.Wide => "wide camera's picture", _ => "stack" };
            throw DriverException.InvalidOperation($"The {what} is now {size.Width}×{size.Height}; disconnect and connect the camera again.");
        }
    }
}
