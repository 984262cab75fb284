using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>The larger canvas of a mosaic, of which only a part has been exposed yet: the rest is empty, 0 in all channels.</summary>
internal static class MosaicCanvas
{
    /// <summary>The size of the canvas: even sides.</summary>
    public static PictureSize SizeOf(PictureSize stack, double scale) => new(Side(stack.Width, scale), Side(stack.Height, scale));

    /// <summary>Puts a stack into the middle of the canvas.</summary>
    public static RgbImage Place(RgbImage stack, double scale)
    {
        var size = SizeOf(new PictureSize(stack.Width, stack.Height), scale);
        var canvas = new RgbImage(size.Width, size.Height);
        var (left, top) = ((size.Width - stack.Width) / 2, (size.Height - stack.Height) / 2);
        canvas.Writable.Clear();
        for (var y = 0; y < stack.Height; y++)
        {
            stack.Row(y).CopyTo(canvas.Writable[(3 * (((top + y) * size.Width) + left))..]);
        }

        return canvas;
    }

    private static int Side(int side, double scale) => 2 * (int)Math.Round(side * scale / 2);
}
