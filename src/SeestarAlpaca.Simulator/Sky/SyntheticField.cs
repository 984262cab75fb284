using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Draws what a field shows. The same seed and pointing give the same field.</summary>
internal static class SyntheticField
{
    /// <summary>The sky's own light in a 10 s sub at the reference gain, in ADU: as measured, less the bias (<c>seestar-protocol.md</c> §5.4, §7).</summary>
    public static readonly Light Background = new(456, 606, 405);

    /// <summary>Draws a field as it is on a clear night.</summary>
    public static SkyCanvas Draw(SyntheticSkyKind kind, PictureSize size, ulong seed, Pointing pointing) =>
        Draw(kind, new SkyCanvas(size), seed, pointing, SkyConditions.Clear);

    /// <summary>Draws a field as the optics show it: out of focus, through dew, turned or shaken while it is exposed.</summary>
    public static SkyCanvas Draw(SyntheticSkyKind kind, SkyCanvas canvas, ulong seed, Pointing pointing, SkyConditions conditions)
    {
        var random = new Random((int)(Hash.Mix(seed, pointing.Seed) & int.MaxValue));
        AddBackground(canvas, random);
        if (kind == SyntheticSkyKind.LetterF)
        {
            AddLetterF(canvas, random);
            return canvas;
        }

        AddGalaxy(canvas, random, (float)conditions.Throughput);
        foreach (var star in StarField.Of(canvas.Size, random))
        {
            StarImage.Add(canvas, star, conditions);
        }

        return canvas;
    }

    private static void AddBackground(SkyCanvas canvas, Random random)
    {
        var angle = random.NextDouble() * Math.Tau;
        var (slopeX, slopeY) = (0.12 * Math.Cos(angle) / canvas.Size.Width, 0.12 * Math.Sin(angle) / canvas.Size.Height);
        canvas.AddEverywhere((x, y) =>
        {
            var strength = (float)(1 + (slopeX * (x - (canvas.Size.Width / 2.0))) + (slopeY * (y - (canvas.Size.Height / 2.0))));
            return new Light(Background.Red * strength, Background.Green * strength, Background.Blue * strength);
        });
    }

    /// <summary>A bluish exponential disc seen at an angle, with a small reddish bulge.</summary>
    private static void AddGalaxy(SkyCanvas canvas, Random random, float throughput)
    {
        var side = Math.Min(canvas.Size.Width, canvas.Size.Height);
        var (scale, bulge) = (side * 0.045, side * 0.008);
        var (centreX, centreY) = (canvas.Size.Width * (0.35 + (0.3 * random.NextDouble())), canvas.Size.Height * (0.25 + (0.5 * random.NextDouble())));
        var (sine, cosine) = Math.SinCos(random.NextDouble() * Math.PI);
        var axisRatio = 0.4 + (0.5 * random.NextDouble());
        var reach = (int)(scale * 8);
        canvas.Add((int)centreX - reach, (int)centreY - reach, 2 * reach, 2 * reach, (x, y) =>
        {
            var (dx, dy) = (x - centreX, y - centreY);
            var radius = Math.Sqrt(Square((dx * cosine) + (dy * sine)) + Square(((dy * cosine) - (dx * sine)) / axisRatio));
            var disc = (float)(700 * throughput * Math.Exp(-radius / scale));
            var centre = (float)(2500 * throughput * Math.Exp(-Math.Sqrt((dx * dx) + (dy * dy)) / bulge));
            return new Light((disc * 0.8f) + centre, disc + (centre * 0.9f), (disc * 0.9f) + (centre * 0.6f));
        });
    }

    /// <summary>
    /// A stem with two bars to its right, the upper one longer, in the middle half of the picture. Another target moves it a little, so
    /// that an old picture can be recognised.
    /// </summary>
    private static void AddLetterF(SkyCanvas canvas, Random random)
    {
        var (width, height) = (canvas.Size.Width, canvas.Size.Height);
        var (left, top) = ((int)(width * (0.28 + (0.04 * random.NextDouble()))), (int)(height * (0.23 + (0.04 * random.NextDouble()))));
        var bar = height / 12;
        var ink = Light.White(8000);
        canvas.Add(left, top, width / 10, height / 2, (_, _) => ink);
        canvas.Add(left + (width / 10), top, width * 3 / 10, bar, (_, _) => ink);
        canvas.Add(left + (width / 10), top + (height / 5), width * 2 / 10, bar, (_, _) => ink);
    }

    private static double Square(double value) => value * value;
}
