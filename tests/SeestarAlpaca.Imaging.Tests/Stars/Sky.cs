using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Tests.Stars;

/// <summary>A Gaussian star to be drawn: its axes are standard deviations in pixels, and the angle turns the longer from x towards y.</summary>
internal sealed record Gaussian(double X, double Y, double Peak, double Major = 1.5, double Minor = 1.5, double Angle = 0)
{
    public double Flux => Peak * 2 * Math.PI * Major * Minor;

    public double At(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Angle);
        var (along, across) = ((cosine * (x - X)) + (sine * (y - Y)), (cosine * (y - Y)) - (sine * (x - X)));
        return Peak * Math.Exp(-0.5 * ((along * along / (Major * Major)) + (across * across / (Minor * Minor))));
    }
}

/// <summary>Draws white stars on a gray sky.</summary>
internal static class Sky
{
    public const double Level = 900;

    public static RgbImage With(int width, int height, params IEnumerable<Gaussian> stars) => With(width, height, null, 0, (_, _) => Level, stars);

    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="random">Draws the noise.</param>
    /// <param name="noise">Standard deviation of the luminance's noise.</param>
    /// <param name="sky">Level of the sky at a pixel.</param>
    /// <param name="stars">The stars.</param>
    public static RgbImage With(
        int width, int height, Random? random, double noise, Func<int, int, double> sky, IEnumerable<Gaussian> stars)
    {
        var light = new double[width * height];
        foreach (var star in stars)
        {
            var reach = (int)(8 * star.Major) + 1;
            for (var y = Math.Max(0, (int)star.Y - reach); y < Math.Min(height, (int)star.Y + reach + 1); y++)
            {
                for (var x = Math.Max(0, (int)star.X - reach); x < Math.Min(width, (int)star.X + reach + 1); x++)
                {
                    light[(y * width) + x] += star.At(x, y);
                }
            }
        }

        var image = new RgbImage(width, height);
        for (var i = 0; i < light.Length; i++)
        {
            var value = sky(i % width, i / width) + light[i] + (random is null ? 0 : noise * Normal(random));
            image.Writable.Slice(3 * i, 3).Fill((ushort)Math.Clamp(value + 0.5, 0, ushort.MaxValue));
        }

        return image;
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
