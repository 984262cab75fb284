using System.Numerics;

namespace SeestarAlpaca.Imaging.Stars;

/// <summary>
/// The luminance smoothed by a bell of 5 × 5 pixels, about as wide as a star: what is one pixel wide sinks in it, and a faint star stands out of
/// the noise two to three times as far as its brightest pixel does. The noise is measured anew, since debayering correlates that of neighbours.
/// </summary>
internal sealed class DetectionPlane
{
    private readonly float[] _values;
    private readonly TileGrid _noise;

    /// <summary>Smooths a picture.</summary>
    public DetectionPlane(LuminancePlane plane)
    {
        (Width, Height) = (plane.Width, plane.Height);
        _values = GC.AllocateUninitializedArray<float>(Width * Height);
        var upright = new float[Width + 4];
        for (var y = 0; y < Height; y++)
        {
            SmoothUpright(plane, y, upright.AsSpan(2, Width));
            upright.AsSpan(0, 2).Fill(upright[2]);
            upright.AsSpan(Width + 2).Fill(upright[Width + 1]);
            Smooth(upright, upright.AsSpan(1), upright.AsSpan(2), upright.AsSpan(3), upright.AsSpan(4), _values.AsSpan(y * Width, Width));
        }

        _noise = new TileGrid(_values, Width, Height, tile => tile.Noise);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>A pixel's smoothed luminance above the sky. NaN within two pixels of no data.</summary>
    public float this[int x, int y] => _values[(y * Width) + x];

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> Row(int y) => _values.AsSpan(y * Width, Width);

    /// <summary>The standard deviation of the smoothed noise thereabouts.</summary>
    public double NoiseAt(int x, int y) => _noise.At(x, y);

    private static void SmoothUpright(LuminancePlane plane, int y, Span<float> target)
    {
        Smooth(Row(y - 2), Row(y - 1), Row(y), Row(y + 1), Row(y + 2), target);

        ReadOnlySpan<float> Row(int at) => plane.Row(Math.Clamp(at, 0, plane.Height - 1));
    }

    /// <summary>The binomial weights 1, 4, 6, 4, 1, whose standard deviation is one pixel.</summary>
    private static void Smooth(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<float> middle, ReadOnlySpan<float> fourth, ReadOnlySpan<float> last, Span<float> target)
    {
        var i = 0;
        for (; i + Vector<float>.Count <= target.Length; i += Vector<float>.Count)
        {
            var outer = new Vector<float>(first[i..]) + new Vector<float>(last[i..]);
            var inner = new Vector<float>(second[i..]) + new Vector<float>(fourth[i..]);
            (((outer + (inner * 4)) + (new Vector<float>(middle[i..]) * 6)) * (1 / 16f)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = ((first[i] + last[i]) + ((second[i] + fourth[i]) * 4) + (middle[i] * 6)) * (1 / 16f);
        }
    }
}
