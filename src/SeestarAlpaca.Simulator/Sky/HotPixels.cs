using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>
/// The sensor's bad pixels: 0.05 %. The telescope replaces most of them by the mean of their neighbours, which takes them off the grid
/// of values (<c>seestar-protocol.md</c> §5.4); every tenth stays bright.
/// </summary>
internal sealed class HotPixels
{
    private const double Share = 0.0005;

    private readonly (int X, int Y, ushort Excess)[] _pixels;

    /// <summary>Chooses the pixels.</summary>
    public HotPixels(PictureSize size, ulong seed)
    {
        var random = new Random((int)(Hash.Mix(seed) & int.MaxValue));
        _pixels = new (int, int, ushort)[(int)(Share * size.Width * size.Height)];
        for (var i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = (random.Next(2, size.Width - 2), random.Next(2, size.Height - 2), i % 10 == 0 ? (ushort)random.Next(500, 8000) : (ushort)0);
        }
    }

    /// <summary>Puts the pixels into a sub.</summary>
    /// <param name="sub">The sub, to be changed.</param>
    /// <param name="grid">Spacing of its values in ADU.</param>
    /// <param name="saturation">Its highest value.</param>
    public void Apply(BayerImage sub, float grid, int saturation)
    {
        var samples = sub.Writable;
        foreach (var (x, y, excess) in _pixels)
        {
            var i = (y * sub.Width) + x;
            var value = excess > 0
                ? samples[i] + (int)(MathF.Round(excess / grid) * grid)
                : (samples[i - 2] + samples[i + 2] + samples[i - (2 * sub.Width)] + samples[i + (2 * sub.Width)] + 2) / 4;
            samples[i] = (ushort)Math.Min(value, saturation);
        }
    }
}
