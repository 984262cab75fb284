using System.Runtime.InteropServices;
using SeestarAlpaca.Imaging.Color;
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

    /// <summary>Columns of a piece that one processor writes.</summary>
    private const int Strip = Tile;

    /// <summary>
    /// Writes the samples [x][y][channel], the last index running fastest. Areas side by side, from left to right and of the same rows,
    /// are consecutive pieces of the whole: that is how a picture is sent piece by piece.
    /// </summary>
    /// <param name="image">A picture of any type.</param>
    /// <param name="area">The part that is written; inside the picture.</param>
    /// <param name="destination">Width · height · samples per pixel of the area; what is longer stays untouched.</param>
    /// <exception cref="ArgumentOutOfRangeException">Some of the area lies outside the picture, or it is empty.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Write(Image16 image, PixelRectangle area, Memory<ushort> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelRectangle.RequireInside(area, image.Width, image.Height);
        RequireRoom((long)area.Width * area.Height * image.SamplesPerPixel, destination);
        InStrips(area, strip =>
        {
            var part = Part(destination, area, strip, image.SamplesPerPixel);
            if (image.SamplesPerPixel == 1)
            {
                WritePixels(image.Samples, image.Width, strip, part);
            }
            else
            {
                WritePixels(MemoryMarshal.Cast<ushort, RgbPixel>(image.Samples), image.Width, strip, MemoryMarshal.Cast<ushort, RgbPixel>(part));
            }
        });
    }

    /// <summary>Writes the RGGB picture that <see cref="Mosaic"/> would make of a colour picture, without making it first.</summary>
    /// <param name="image">The colour picture.</param>
    /// <param name="isDoubled">Whether the mosaic is <see cref="Mosaic.Lossless2X"/>, else <see cref="Mosaic.SameSize"/>.</param>
    /// <param name="area">The part that is written, in pixels of the mosaic; inside it.</param>
    /// <param name="destination">Width · height of the area; what is longer stays untouched.</param>
    /// <exception cref="ArgumentOutOfRangeException">Some of the area lies outside the mosaic, or it is empty.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void WriteMosaic(RgbImage image, bool isDoubled, PixelRectangle area, Memory<ushort> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        var shift = isDoubled ? 1 : 0;
        PixelRectangle.RequireInside(area, image.Width << shift, image.Height << shift);
        RequireRoom((long)area.Width * area.Height, destination);
        InStrips(area, strip => WriteCells(image.Samples, image.Width, shift, strip, Part(destination, area, strip, 1)));
    }

    private static void RequireRoom(long needed, ReadOnlyMemory<ushort> destination)
    {
        if (destination.Length < needed)
        {
            throw new ArgumentException($"The area has {needed} samples, the destination only {destination.Length}.", nameof(destination));
        }
    }

    /// <summary>Cuts an area into strips of columns, which are consecutive pieces of the whole, and has them written by as many processors as are free.</summary>
    private static void InStrips(PixelRectangle area, Action<PixelRectangle> write)
    {
        var count = (area.Width + Strip - 1) / Strip;
        Parallel.For(0, count, i => write(area with { X = area.X + (i * Strip), Width = Math.Min(Strip, area.Width - (i * Strip)) }));
    }

    private static Span<ushort> Part(Memory<ushort> destination, PixelRectangle area, PixelRectangle strip, int samplesPerPixel) =>
        destination.Span.Slice((strip.X - area.X) * area.Height * samplesPerPixel, strip.Width * strip.Height * samplesPerPixel);

    private static void WritePixels<TPixel>(ReadOnlySpan<TPixel> source, int sourceWidth, PixelRectangle area, Span<TPixel> destination)
        where TPixel : struct
    {
        for (var top = 0; top < area.Height; top += Tile)
        {
            var rows = Math.Min(Tile, area.Height - top);
            for (var x = 0; x < area.Width; x++)
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

    /// <summary>In RGGB the number of the channel, 0 to 2, is how many of column and row are odd.</summary>
    private static void WriteCells(ReadOnlySpan<ushort> source, int sourceWidth, int shift, PixelRectangle area, Span<ushort> destination)
    {
        for (var top = 0; top < area.Height; top += Tile)
        {
            var rows = Math.Min(Tile, area.Height - top);
            for (var x = 0; x < area.Width; x++)
            {
                var run = destination.Slice((x * area.Height) + top, rows);
                var (column, row, step) = (area.X + x, area.Y + top, 3 * sourceWidth);
                var from = ((row >> shift) * step) + ((column >> shift) * 3) + (column & 1);
                for (var to = 0; to < run.Length; to++)
                {
                    run[to] = source[from + (row & 1)];
                    from += (++row & shift) == 0 ? step : 0;
                }
            }
        }
    }

    /// <summary>Three samples moved as one; their names do not matter here.</summary>
    private readonly record struct RgbPixel(ushort Red, ushort Green, ushort Blue);
}
