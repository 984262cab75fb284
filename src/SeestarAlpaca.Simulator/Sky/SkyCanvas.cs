using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Light of three colours.</summary>
internal readonly record struct Light(float Red, float Green, float Blue)
{
    /// <summary>Light without colour.</summary>
    public static Light White(float strength) => new(strength, strength, strength);

    /// <summary>The part of a channel: 0 red, 1 green, 2 blue.</summary>
    public float Of(int channel) => channel == 0 ? Red : channel == 1 ? Green : Blue;
}

/// <summary>
/// The light of a field behind the colour filters, without noise: ADU above bias in a readout of two seconds at the reference gain.
/// It has a border on each side, so that the telescope can drift.
/// </summary>
/// <remarks>Coordinates are those of the picture: x to the right, y down, 0,0 the centre of its top left pixel.</remarks>
internal sealed class SkyCanvas
{
    /// <summary>Pixels on each side; even, so that the colours stay in place.</summary>
    public const int Border = 8;

    /// <summary>The colours of the top left 2 × 2 pixels of telephoto pictures (<c>seestar-protocol.md</c> §5.4).</summary>
    public const BayerPhase Phase = BayerPhase.Grbg;

    private readonly float[] _signal;

    /// <summary>A dark field for pictures of one size.</summary>
    /// <param name="size">Size of the pictures.</param>
    /// <param name="bayer">The colours of their top left 2 × 2 pixels.</param>
    public SkyCanvas(PictureSize size, BayerPhase bayer = Phase)
    {
        (Size, Bayer) = (size, bayer);
        Stride = size.Width + (2 * Border);
        _signal = new float[Stride * (size.Height + (2 * Border))];
    }

    /// <summary>Size of the pictures.</summary>
    public PictureSize Size { get; }

    /// <summary>The colours of the top left 2 × 2 pixels.</summary>
    public BayerPhase Bayer { get; }

    private int Stride { get; }

    /// <summary>One row of a picture taken off its place by whole pixels.</summary>
    /// <param name="y">Row of the picture.</param>
    /// <param name="drift">How far the picture is off; each part at most <see cref="Border"/>.</param>
    public ReadOnlySpan<float> Row(int y, Drift drift) =>
        _signal.AsSpan(((y + Border + drift.Y) * Stride) + Border + drift.X, Size.Width);

    /// <summary>Adds light to a rectangle; parts outside are left out.</summary>
    /// <param name="left">First column; may be negative.</param>
    /// <param name="top">First row; may be negative.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="light">The light at a pixel.</param>
    public void Add(int left, int top, int width, int height, Func<int, int, Light> light)
    {
        var (fromX, toX) = (Math.Max(left, -Border), Math.Min(left + width, Size.Width + Border));
        var (fromY, toY) = (Math.Max(top, -Border), Math.Min(top + height, Size.Height + Border));
        for (var y = fromY; y < toY; y++)
        {
            var row = _signal.AsSpan((y + Border) * Stride, Stride);
            for (var x = fromX; x < toX; x++)
            {
                row[x + Border] += light(x, y).Of(Bayer.Channel(x & 1, y & 1));
            }
        }
    }

    /// <summary>Adds light to the whole field.</summary>
    public void AddEverywhere(Func<int, int, Light> light) =>
        Add(-Border, -Border, Size.Width + (2 * Border), Size.Height + (2 * Border), light);
}
