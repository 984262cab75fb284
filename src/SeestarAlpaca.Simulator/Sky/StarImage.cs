namespace SeestarAlpaca.Simulator.Sky;

/// <summary>The image of a star: a point spread function after Moffat, drawn along the way that the star moves while it is exposed.</summary>
internal static class StarImage
{
    private const double Beta = 3;
    private const double Fwhm = 2.8;

    /// <summary>How much wider than the star a halo of dew is.</summary>
    private const double HaloWidth = 10;

    /// <summary>Points on the way are so near to each other, in pixels, that they make a line.</summary>
    private const double Spacing = 0.5;

    /// <summary>Where the brightness is below a third of an ADU it is left out.</summary>
    private const double Faintest = 1 / 3.0;

    private static readonly double Core = Fwhm / (2 * Math.Sqrt(Math.Pow(2, 1 / Beta) - 1));

    /// <summary>Adds a star; its light is kept, however it is spread.</summary>
    public static void Add(SkyCanvas canvas, Star star, SkyConditions conditions)
    {
        var bright = star with { Peak = star.Peak * conditions.Throughput };
        AddSpread(canvas, bright with { Peak = bright.Peak * (1 - conditions.Halo) }, conditions, conditions.Focus);
        if (conditions.Halo > 0)
        {
            AddSpread(canvas, bright with { Peak = bright.Peak * conditions.Halo }, conditions, conditions.Focus * HaloWidth);
        }
    }

    /// <summary>The places of a star while it is exposed, evenly in time.</summary>
    public static IReadOnlyList<(double X, double Y)> Way(SkyCanvas canvas, Star star, SkyConditions conditions)
    {
        var (centreX, centreY) = ((canvas.Size.Width - 1) / 2.0, (canvas.Size.Height - 1) / 2.0);
        var (dx, dy) = (star.X - centreX, star.Y - centreY);
        var angle = double.DegreesToRadians(conditions.Rotation);
        var length = (Math.Abs(angle) * Math.Sqrt((dx * dx) + (dy * dy))) + conditions.Shake;
        var points = new (double X, double Y)[1 + (int)Math.Ceiling(length / Spacing)];
        for (var i = 0; i < points.Length; i++)
        {
            var part = points.Length == 1 ? 0 : (i / (points.Length - 1.0)) - 0.5;
            var (sine, cosine) = Math.SinCos(angle * part);
            points[i] = (centreX + (dx * cosine) - (dy * sine) + (conditions.Shake * part), centreY + (dx * sine) + (dy * cosine));
        }

        return points;
    }

    private static void AddSpread(SkyCanvas canvas, Star star, SkyConditions conditions, double width)
    {
        var way = conditions is { Rotation: 0, Shake: 0 } ? [(star.X, star.Y)] : Way(canvas, star, conditions);
        var spread = star with { Peak = star.Peak / (width * width * way.Count) };
        foreach (var (x, y) in way)
        {
            AddPoint(canvas, spread with { X = x, Y = y }, Core * width);
        }
    }

    private static void AddPoint(SkyCanvas canvas, Star star, double core)
    {
        if (star.Peak <= Faintest)
        {
            return;
        }

        var reach = (int)Math.Ceiling(core * Math.Sqrt(Math.Pow(star.Peak / Faintest, 1 / Beta) - 1));
        var light = star.Light;
        canvas.Add((int)star.X - reach, (int)star.Y - reach, (2 * reach) + 1, (2 * reach) + 1, (x, y) =>
        {
            var (dx, dy) = (x - star.X, y - star.Y);
            var part = (float)Math.Pow(1 + (((dx * dx) + (dy * dy)) / (core * core)), -Beta);
            return new Light(light.Red * part, light.Green * part, light.Blue * part);
        });
    }
}
