using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Stars;

/// <summary>The luminance (R + 2G + B) / 4 of a colour picture above its sky. NaN where the picture has no data (0 in all channels).</summary>
internal sealed class LuminancePlane
{
    private readonly float[] _values;
    private readonly TileGrid _noise;

    /// <summary>Measures a picture's sky and takes it off.</summary>
    public LuminancePlane(RgbImage image)
    {
        (Width, Height) = (image.Width, image.Height);
        _values = GC.AllocateUninitializedArray<float>(Width * Height);
        for (var y = 0; y < Height; y++)
        {
            Fill(_values.AsSpan(y * Width, Width), image.Row(y));
        }

        // Twice: in a steep gradient the median of a tile is as uncertain as the gradient is wide, and that of what remains is not.
        for (var pass = 0; pass < 2; pass++)
        {
            var sky = new TileGrid(_values, Width, Height, tile => tile.Level);
            for (var y = 0; y < Height; y++)
            {
                sky.Subtract(_values.AsSpan(y * Width, Width), y);
            }
        }

        // Only now, since a gradient across a tile is no noise.
        _noise = new TileGrid(_values, Width, Height, tile => tile.Noise);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>A pixel's luminance above the sky.</summary>
    public float this[int x, int y] => _values[(y * Width) + x];

    /// <summary>One row of luminance above the sky.</summary>
    public ReadOnlySpan<float> Row(int y) => _values.AsSpan(y * Width, Width);

    /// <summary>The standard deviation of one pixel's noise thereabouts.</summary>
    public double NoiseAt(int x, int y) => _noise.At(x, y);

    private static void Fill(Span<float> target, ReadOnlySpan<ushort> row)
    {
        for (int x = 0, i = 0; x < target.Length; x++, i += 3)
        {
            var sum = row[i] + (2 * row[i + 1]) + row[i + 2];
            target[x] = sum == 0 ? float.NaN : sum / 4f;
        }
    }
}
