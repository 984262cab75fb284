using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.EndToEnd.Tests.Support;

/// <summary>What a camera's picture of a stack must be, worked out sample by sample from the definition.</summary>
internal static class Expected
{
    /// <summary>The picture of the RGB camera.</summary>
    public static Picture Rgb(RgbImage stack, int bin = 1, (int X, int Y, int Width, int Height)? area = null) =>
        Cut(stack.Width / bin, stack.Height / bin, 3, area, (x, y, channel) => Mean(stack, x, y, bin, channel));

    /// <summary>The RGGB picture in which each binned RGB pixel is a 2 × 2 cell.</summary>
    public static Picture Lossless(RgbImage stack, int bin = 1, (int X, int Y, int Width, int Height)? area = null) =>
        Cut(2 * stack.Width / bin, 2 * stack.Height / bin, 1, area, (x, y, _) => Mean(stack, x / 2, y / 2, bin, (x % 2) + (y % 2)));

    /// <summary>The RGGB picture in which each binned RGB pixel keeps one of its samples.</summary>
    public static Picture SameSize(RgbImage stack, int bin = 1, (int X, int Y, int Width, int Height)? area = null) =>
        Cut(stack.Width / bin, stack.Height / bin, 1, area, (x, y, _) => Mean(stack, x, y, bin, (x % 2) + (y % 2)));

    private static int Mean(RgbImage stack, int x, int y, int bin, int channel)
    {
        var sum = 0L;
        for (var j = y * bin; j < (y + 1) * bin; j++)
        {
            for (var i = x * bin; i < (x + 1) * bin; i++)
            {
                sum += stack.Row(j)[(3 * i) + channel];
            }
        }

        return (int)((sum + (bin * bin / 2)) / (bin * bin));
    }

    private static Picture Cut(int width, int height, int planes, (int X, int Y, int Width, int Height)? area, Func<int, int, int, int> sample)
    {
        var (x0, y0, w, h) = area ?? (0, 0, width, height);
        var samples = new int[w * h * planes];
        for (var i = 0; i < samples.Length; i++)
        {
            var (x, y, plane) = (i / planes / h, i / planes % h, i % planes);
            samples[i] = sample(x0 + x, y0 + y, plane);
        }

        return new Picture(w, h, planes, samples);
    }
}
