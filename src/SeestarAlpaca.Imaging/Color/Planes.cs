using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Color;

/// <summary>Takes colour pictures apart. Pure and thread safe.</summary>
public static class Planes
{
    /// <summary>The luminance (R + 2G + B) / 4, rounded half up.</summary>
    /// <param name="image">A colour picture.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public static MonoImage Luminance(RgbImage image, PixelPool? pool = null)
    {
        var result = new MonoImage(image.Width, image.Height, pool);
        var source = image.Samples;
        var target = result.Writable;
        for (int i = 0, from = 0; i < target.Length; i++, from += 3)
        {
            target[i] = (ushort)((source[from] + (2 * source[from + 1]) + source[from + 2] + 2) >> 2);
        }

        return result;
    }

    /// <summary>One channel.</summary>
    /// <param name="image">A colour picture.</param>
    /// <param name="channel">0 red, 1 green, 2 blue.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public static MonoImage Channel(RgbImage image, int channel, PixelPool? pool = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, 2);
        var result = new MonoImage(image.Width, image.Height, pool);
        var source = image.Samples;
        var target = result.Writable;
        for (int i = 0, from = channel; i < target.Length; i++, from += 3)
        {
            target[i] = source[from];
        }

        return result;
    }

    /// <summary>A picture of so many times the width and height, in which each pixel is repeated.</summary>
    /// <param name="image">A colour picture.</param>
    /// <param name="scale">How often, at least 1; 1 gives a further lease on the same pixels.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public static RgbImage Repeat(RgbImage image, int scale, PixelPool? pool = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (scale == 1)
        {
            return image.Share();
        }

        var result = new RgbImage(checked(scale * image.Width), checked(scale * image.Height), pool);
        for (var y = 0; y < result.Height; y++)
        {
            var source = image.Row(y / scale);
            var target = result.Writable.Slice(3 * y * result.Width, 3 * result.Width);
            for (var x = 0; x < result.Width; x++)
            {
                source.Slice(3 * (x / scale), 3).CopyTo(target[(3 * x)..]);
            }
        }

        return result;
    }
}
