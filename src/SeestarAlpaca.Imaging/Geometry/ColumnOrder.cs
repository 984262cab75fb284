using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Geometry;

/// <summary>Turns pictures, which lie row by row, into Alpaca's order: column by column. Pure and thread safe.</summary>
public static class ColumnOrder
{
    /// <summary>
    /// Side of the tiles in which the picture is walked: its rows are read in runs, and the columns written to stay in the cache.
    /// Walking the destination in order takes twice the time.
    /// </summary>
    private const int Tile = 64;

    /// <summary>
    /// Writes the samples [x][y][channel], the last index running fastest. Areas side by side, from left to right and of the same rows,
    /// are consecutive pieces of the whole: that is how a picture is sent piece by piece.
    /// </summary>
    /// <param name="image">A picture of any type.</param>
    /// <param name="area">The part that is written; inside the picture.</param>
    /// <param name="destination">Width · height · samples per pixel of the area; what is longer stays untouched.</param>
    /// <exception cref="ArgumentOutOfRangeException">Some of the area lies outside the picture, or it is empty.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Write(Image16 image, PixelRectangle area, Span<ushort> destination)
    {
        PixelRectangle.RequireInside(area, image);
        var needed = (long)area.Width * area.Height * image.SamplesPerPixel;
        if (destination.Length < needed)
        {
            throw new ArgumentException($"The area has {needed} samples, the destination only {destination.Length}.", nameof(destination));
        }

        for (var top = 0; top < area.Height; top += Tile)
        {
            var bottom = Math.Min(top + Tile, area.Height);
            for (var left = 0; left < area.Width; left += Tile)
            {
                var width = Math.Min(Tile, area.Width - left);
                for (var y = top; y < bottom; y++)
                {
                    var run = image.Row(area.Y + y).Slice((area.X + left) * image.SamplesPerPixel, width * image.SamplesPerPixel);
                    WriteRun(run, image.SamplesPerPixel, area.Height, destination[(((left * area.Height) + y) * image.SamplesPerPixel)..]);
                }
            }
        }
    }

    /// <summary>Pixels side by side go where they are a column's height apart.</summary>
    private static void WriteRun(ReadOnlySpan<ushort> run, int samplesPerPixel, int height, Span<ushort> destination)
    {
        var stride = height * samplesPerPixel;
        if (samplesPerPixel == 1)
        {
            for (int x = 0, to = 0; x < run.Length; x++, to += stride)
            {
                destination[to] = run[x];
            }

            return;
        }

        for (int from = 0, to = 0; from < run.Length; from += samplesPerPixel, to += stride)
        {
            run.Slice(from, samplesPerPixel).CopyTo(destination[to..]);
        }
    }
}
