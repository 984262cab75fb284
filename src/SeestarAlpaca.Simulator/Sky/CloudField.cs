using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Clouds before a field: they dim it unevenly and shine themselves, with the light that towns send up.</summary>
/// <param name="cover">The share of the light that they take on average, above 0 to 1.</param>
/// <param name="path">How far they have moved, in widths of a picture.</param>
/// <param name="size">Size of the picture.</param>
/// <param name="seed">Decides their forms.</param>
internal sealed class CloudField(double cover, double path, PictureSize size, ulong seed)
{
    /// <summary>How much brighter than the clear sky a closed cover is.</summary>
    private const float Glow = 1.8f;

    /// <summary>How uneven they are: the dimming varies by up to this share of itself.</summary>
    private const double Unevenness = 0.7;

    private readonly double _cell = Math.Max(size.Width, size.Height) / 6.0;

    /// <summary>The share of the light that comes through at a pixel.</summary>
    public float Transmission(double x, double y)
    {
        var shifted = x + (path * size.Width);
        var form = (0.7 * Noise(shifted / _cell, y / _cell, 1)) + (0.3 * Noise(shifted * 2.7 / _cell, y * 2.7 / _cell, 2));
        return (float)Math.Clamp(1 - (cover * (1 + (Unevenness * form))), 0.01, 1);
    }

    /// <summary>Dims a row and adds the clouds' own light.</summary>
    /// <param name="y">Which row.</param>
    /// <param name="row">The light of the field, to be changed.</param>
    /// <param name="phase">The colours of the top left pixels.</param>
    public void Apply(int y, Span<float> row, BayerPhase phase)
    {
        const int Every = 8;
        Span<float> glow = [Glow * SyntheticField.Background.Of(phase.Channel(0, y & 1)), Glow * SyntheticField.Background.Of(phase.Channel(1, y & 1))];
        var next = Transmission(0, y);
        for (var from = 0; from < row.Length; from += Every)
        {
            var (left, step) = (next, 0f);
            next = Transmission(from + Every, y);
            step = (next - left) / Every;
            for (var x = from; x < Math.Min(from + Every, row.Length); x++)
            {
                var transmission = left + (step * (x - from));
                row[x] = (row[x] * transmission) + (glow[x & 1] * (1 - transmission));
            }
        }
    }

    /// <summary>Smooth noise from −1 to 1 between the points of a lattice.</summary>
    private double Noise(double x, double y, ulong octave)
    {
        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (partX, partY) = (Smooth(x - left), Smooth(y - top));
        var upper = double.Lerp(Lattice(left, top, octave), Lattice(left + 1, top, octave), partX);
        var lower = double.Lerp(Lattice(left, top + 1, octave), Lattice(left + 1, top + 1, octave), partX);
        return double.Lerp(upper, lower, partY);
    }

    private double Lattice(double x, double y, ulong octave) =>
        ((Hash.Mix(Hash.Mix(seed, octave), ((ulong)(long)x << 32) ^ (uint)(long)y) >> 11) * (2.0 / (1UL << 53))) - 1;

    private static double Smooth(double part) => part * part * (3 - (2 * part));
}
