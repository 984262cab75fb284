using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Geometry;

/// <summary>Enlarges pictures at the right and at the bottom by repeating their last column and row. Pure and thread safe.</summary>
public static class EdgeRepetition
{
    /// <summary>A larger copy of a picture.</summary>
    /// <param name="image">A colour or monochrome picture: repeating single columns would break a Bayer pattern.</param>
    /// <param name="width">Columns of the copy; at least the picture's.</param>
    /// <param name="height">Rows of the copy; at least the picture's.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is smaller than the picture's.</exception>
    public static RgbImage Extend(RgbImage image, int width, int height, PixelPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, image.Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, image.Height);

        var result = new RgbImage(width, height, pool);
        var samples = result.Writable;
        for (var y = 0; y < height; y++)
        {
            var source = image.Row(Math.Min(y, image.Height - 1));
            var row = samples.Slice(y * width * 3, width * 3);
            source.CopyTo(row);
            for (var i = source.Length; i < row.Length; i++)
            {
                row[i] = row[i - 3];
            }
        }

        return result;
    }
}
