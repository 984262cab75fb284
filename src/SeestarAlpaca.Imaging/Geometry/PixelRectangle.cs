using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Geometry;

/// <summary>A part of a picture, in pixels.</summary>
/// <param name="X">First column, from 0 (left).</param>
/// <param name="Y">First row, from 0 (top).</param>
/// <param name="Width">Columns; at least 1.</param>
/// <param name="Height">Rows; at least 1.</param>
public readonly record struct PixelRectangle(int X, int Y, int Width, int Height)
{
    /// <summary>The whole picture.</summary>
    public static PixelRectangle Of(Image16 image) => new(0, 0, image.Width, image.Height);

    /// <exception cref="ArgumentOutOfRangeException">Some of the area lies outside the picture, or it is empty.</exception>
    internal static void RequireInside(PixelRectangle area, int imageWidth, int imageHeight)
    {
        var (x, y, width, height) = area;
        if (x < 0 || y < 0 || width < 1 || height < 1 || width > imageWidth - x || height > imageHeight - y)
        {
            throw new ArgumentOutOfRangeException(
                nameof(area), area, $"The area must hold at least one pixel and lie inside the picture of {imageWidth} × {imageHeight} pixels.");
        }
    }
}
