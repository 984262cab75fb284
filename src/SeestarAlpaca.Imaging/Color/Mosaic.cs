using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Color;

/// <summary>Makes RGGB pictures of colour pictures, for programs that take only those. Pure and thread safe.</summary>
public static class Mosaic
{
    /// <summary>
    /// Twice the sides: each pixel becomes one cell R G over G B, so that nothing is lost;
    /// <see cref="Demosaic.SuperPixel"/> gives back the colour picture bit for bit.
    /// </summary>
    /// <param name="image">The colour picture.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public static BayerImage Lossless2X(RgbImage image, PixelPool? pool = null)
    {
        var result = new BayerImage(checked(2 * image.Width), checked(2 * image.Height), BayerPhase.Rggb, pool);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            var upper = result.Writable.Slice(2 * y * result.Width, result.Width);
            var lower = result.Writable.Slice(((2 * y) + 1) * result.Width, result.Width);
            for (int x = 0, i = 0; x < upper.Length; x += 2, i += 3)
            {
                upper[x] = row[i];
                upper[x + 1] = row[i + 1];
                lower[x] = row[i + 1];
                lower[x + 1] = row[i + 2];
            }
        }

        return result;
    }

    /// <summary>The same size: each pixel keeps only the sample of the colour that RGGB has at its place.</summary>
    /// <param name="image">The colour picture.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public static BayerImage SameSize(RgbImage image, PixelPool? pool = null)
    {
        var result = new BayerImage(image.Width, image.Height, BayerPhase.Rggb, pool);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            var target = result.Writable.Slice(y * image.Width, image.Width);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = row[(3 * x) + BayerPhase.Rggb.Channel(x, y)];
            }
        }

        return result;
    }
}
