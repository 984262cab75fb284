using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Geometry;

/// <summary>Cuts parts out of pictures. Pure and thread safe.</summary>
public static class Crop
{
    /// <summary>A copy of a part of a picture, of the same type. The Bayer phase is the one of the first pixel taken.</summary>
    /// <param name="image">A picture of any type.</param>
    /// <param name="area">The part; inside the picture.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">Some of the area lies outside the picture, or it is empty.</exception>
    public static T Copy<T>(T image, PixelRectangle area, PixelPool? pool = null)
        where T : Image16
    {
        PixelRectangle.RequireInside(area, image.Width, image.Height);
        var result = NewImage.Like(image, area.Width, area.Height, pool, area.X, area.Y);
        var (start, length) = (area.X * image.SamplesPerPixel, area.Width * image.SamplesPerPixel);
        for (var y = 0; y < area.Height; y++)
        {
            image.Row(area.Y + y).Slice(start, length).CopyTo(result.Writable[(y * length)..]);
        }

        return result;
    }
}
