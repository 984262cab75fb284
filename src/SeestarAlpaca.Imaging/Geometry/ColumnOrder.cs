using System.Runtime.InteropServices;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Geometry;

/// <summary>Turns pictures, which lie row by row, into Alpaca's order: column by column. Pure and thread safe.</summary>
public static class ColumnOrder
{
    /// <summary>
    /// Side of the tiles in which the picture is walked, so that the rows of a tile stay in the cache while its columns are written.
    /// Walking whole columns instead takes more than twice the time.
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

        if (image.SamplesPerPixel == 1)
        {
            WritePixels(image.Samples, image.Width, area, destination);
        }
        else
        {
            WritePixels(MemoryMarshal.Cast<ushort, RgbPixel>(image.Samples), image.Width, area, MemoryMarshal.Cast<ushort, RgbPixel>(destination));
        }
    }

    private static void WritePixels<TPixel>(ReadOnlySpan<TPixel> source, int sourceWidth, PixelRectangle area, Span<TPixel> destination)
        where TPixel : struct
    {
        for (var top = 0; top < area.Height; top += Tile)
        {
            var rows = Math.Min(Tile, area.Height - top);
            for (var left = 0; left < area.Width; left += Tile)
            {
                for (var x = left; x < Math.Min(left + Tile, area.Width); x++)
                {
                    var column = source[(((area.Y + top) * sourceWidth) + area.X + x)..];
                    var run = destination.Slice((x * area.Height) + top, rows);
                    for (int from = 0, to = 0; to < run.Length; from += sourceWidth, to++)
                    {
                        run[to] = column[from];
                    }
                }
            }
        }
    }

    /// <summary>Three samples moved as one; their names do not matter here.</summary>
    private readonly record struct RgbPixel(ushort Red, ushort Green, ushort Blue);
}
