using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Color;

/// <summary>Makes RGGB pictures of raw exposures of another phase, for programs that cannot tell phases apart. Pure and thread safe.</summary>
public static class Rephasing
{
    /// <summary>
    /// The picture from its first red pixel on, so that it begins with R G over G B: of a GRBG exposure the first column goes. The size stays: what is
    /// then missing at the right and at the bottom repeats the nearest samples of the same colour.
    /// </summary>
    /// <param name="image">A raw exposure; at least 2 × 2.</param>
    /// <param name="phase">Its phase; the picture's own may be an assumption.</param>
    /// <param name="scale">How often each 2 × 2 cell is repeated in both directions: the result is so many times as wide and high.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <exception cref="ArgumentException">The picture is smaller than 2 × 2.</exception>
    public static BayerImage ToRggb(BayerImage image, BayerPhase phase, int scale = 1, PixelPool? pool = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (image.Width < 2 || image.Height < 2)
        {
            throw new ArgumentException($"A picture of {image.Width} × {image.Height} pixels does not hold every colour; at least 2 × 2 are needed.", nameof(image));
        }

        var result = new BayerImage(checked(scale * image.Width), checked(scale * image.Height), BayerPhase.Rggb, pool);
        var columns = Sources(result.Width, scale, phase.RedX(), image.Width);
        var rows = Sources(result.Height, scale, phase.RedY(), image.Height);
        for (var y = 0; y < result.Height; y++)
        {
            var source = image.Row(rows[y]);
            var target = result.Writable.Slice(y * result.Width, result.Width);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = source[columns[x]];
            }
        }

        return result;
    }

    /// <summary>Which column (or row) of the exposure each one of the result shows.</summary>
    private static int[] Sources(int length, int scale, int shift, int available) =>
        [.. Enumerable.Range(0, length).Select(i => Inside((2 * (i / 2 / scale)) + (i % 2) + shift, available))];

    /// <summary>The same colour comes again every second column.</summary>
    private static int Inside(int position, int available) => position < available ? position : position - 2;
}
