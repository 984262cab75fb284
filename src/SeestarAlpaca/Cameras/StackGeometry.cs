using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// Size and pixels of a stack camera, fixed when a client connects. Pure.
/// </summary>
/// <param name="Format">What the camera delivers.</param>
/// <param name="StackWidth">Columns of the stack.</param>
/// <param name="StackHeight">Rows of the stack.</param>
/// <param name="IsDoubled">Whether each pixel of the stack becomes a 2 × 2 cell.</param>
/// <param name="PixelSize">Side of a camera pixel in µm, unbinned.</param>
public sealed record StackGeometry(CameraFormat Format, int StackWidth, int StackHeight, bool IsDoubled, double PixelSize)
{
    /// <summary>Bins 1 to 4 are offered.</summary>
    public const int MaxBin = 4;

    private const int LargestWidth = 2160;
    private const int LargestHeight = 3840;
    private const double SmallestPixel = 1.0;

    /// <summary>Columns of the camera, unbinned.</summary>
    public int Width => IsDoubled ? 2 * StackWidth : StackWidth;

    /// <summary>Rows of the camera, unbinned.</summary>
    public int Height => IsDoubled ? 2 * StackHeight : StackHeight;

    /// <summary>Decides how a stack of some size is delivered.</summary>
    /// <param name="format">What the camera delivers.</param>
    /// <param name="width">Columns of the stack.</param>
    /// <param name="height">Rows of the stack.</param>
    /// <param name="model">Sensor width and pixel size: a stack of twice the sensor's width is the same field on a finer grid.</param>
    /// <param name="recipe">The user's choice for RGGB.</param>
    public static StackGeometry Of(CameraFormat format, int width, int height, TelescopeModel model, MosaicRecipe recipe)
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
        return new StackGeometry(format, width, height, doubled, Math.Round(doubled ? pixel / 2 : pixel, 4));
    }

    /// <summary>Refuses a stack whose size is not the one that the client has connected with.</summary>
    /// <exception cref="DriverException">0x40B: it is another size.</exception>
    public void RequireStackSize((int Width, int Height) size)
    {
        if (size != (StackWidth, StackHeight))
        {
            throw DriverException.InvalidOperation($"The stack is now {size.Width}×{size.Height}; disconnect and connect the camera again.");
        }
    }
}
