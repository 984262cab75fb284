using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>A straight line of light across a picture, drawn by a satellite or a plane.</summary>
internal sealed class LightTrail
{
    /// <summary>ADU above the sky in the middle of a satellite's line.</summary>
    private const double Peak = 2500;

    /// <summary>Standard deviation across the line, in pixels.</summary>
    private const double Width = 1.4;

    private const double Reach = 4 * Width;
    private const double BlinkPeriod = 90;
    private const double BlinkLength = 25;

    private readonly TrailKind _kind;
    private readonly double _normalX;
    private readonly double _normalY;
    private readonly double _distance;

    /// <summary>Chooses a line through the middle part of the picture.</summary>
    public LightTrail(TrailKind kind, PictureSize size, ulong seed)
    {
        _kind = kind;
        var random = new Random((int)(Hash.Mix(seed) & int.MaxValue));
        var (x, y) = (size.Width * (0.3 + (0.4 * random.NextDouble())), size.Height * (0.3 + (0.4 * random.NextDouble())));
        (_normalY, _normalX) = Math.SinCos(random.NextDouble() * Math.PI);
        _distance = (x * _normalX) + (y * _normalY);
    }

    /// <summary>How far a pixel is from the middle of the line, in pixels.</summary>
    public double DistanceTo(double x, double y) => Math.Abs((x * _normalX) + (y * _normalY) - _distance);

    /// <summary>Adds the line's light to a row.</summary>
    public void Apply(int y, Span<float> row)
    {
        var (from, to) = (0, row.Length);
        if (Math.Abs(_normalX) > 1e-6)
        {
            var middle = (_distance - (y * _normalY)) / _normalX;
            var half = Reach / Math.Abs(_normalX);
            (from, to) = ((int)Math.Clamp(middle - half, 0, row.Length), (int)Math.Clamp(middle + half + 1, 0, row.Length));
        }

        for (var x = from; x < to; x++)
        {
            var across = DistanceTo(x, y) / Width;
            row[x] += (float)(Peak * Along((x * _normalY) - (y * _normalX)) * Math.Exp(-across * across / 2));
        }
    }

    private double Along(double way) =>
        _kind == TrailKind.Plane ? (way - (BlinkPeriod * Math.Floor(way / BlinkPeriod)) < BlinkLength ? 3 : 0.25) : 1;
}
