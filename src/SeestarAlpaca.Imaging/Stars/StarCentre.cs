namespace SeestarAlpaca.Imaging.Stars;

/// <summary>
/// The centre of a star as well as its light allows: pixels count by how much they tell against their own noise, that of the sky and that of
/// the star's light. The window of <see cref="StarShape"/> is the best for faint stars only, a third worse than possible for bright ones.
/// </summary>
internal static class StarCentre
{
    /// <summary>The light beyond so many standard deviations is a neighbour's as likely as the star's.</summary>
    private const double Reach = 3;

    /// <summary>The sky's noise counts at least as much as this part of the peak's, for the same reason.</summary>
    private const double LeastShare = 0.05;

    private const int Steps = 3;

    /// <summary>The shape with a better centre; the same where there is none within a pixel.</summary>
    /// <param name="plane">The picture's luminance above the sky.</param>
    /// <param name="shape">Centre and shape of the star.</param>
    /// <param name="noise">Standard deviation of the sky's noise.</param>
    /// <param name="electronsPerAdu">g: the variance of light is light ÷ g.</param>
    public static StarShape Refine(LuminancePlane plane, StarShape shape, double noise, double electronsPerAdu)
    {
        var refined = shape;
        for (var step = 0; step < Steps; step++)
        {
            var (x, y) = Step(plane, refined, noise * noise, electronsPerAdu);
            refined = refined with { X = refined.X + x, Y = refined.Y + y };
            if (!(Math.Abs(refined.X - shape.X) < 1 && Math.Abs(refined.Y - shape.Y) < 1))
            {
                return shape;
            }
        }

        return refined;
    }

    /// <summary>One step of Newton's method for the most likely centre of a Gaussian of that shape.</summary>
    private static (double X, double Y) Step(LuminancePlane plane, StarShape shape, double variance, double electronsPerAdu)
    {
        var determinant = (shape.Xx * shape.Yy) - (shape.Xy * shape.Xy);
        var (a, b, c) = (shape.Yy / determinant, -shape.Xy / determinant, shape.Xx / determinant);
        var amplitude = Amplitude(plane, shape, a, b, c);
        variance = Math.Max(variance, LeastShare * amplitude / electronsPerAdu);

        var (pullX, pullY, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (dx, dy, light, model) in Pixels(plane, shape, a, b, c))
        {
            // How the star's light changes when its centre moves, against the pixel's noise.
            var (slopeX, slopeY) = (model * ((a * dx) + (b * dy)), model * ((b * dx) + (c * dy)));
            var weight = 1 / (variance + (amplitude * model / electronsPerAdu));
            pullX += light * slopeX * weight;
            pullY += light * slopeY * weight;
            xx += amplitude * slopeX * slopeX * weight;
            xy += amplitude * slopeX * slopeY * weight;
            yy += amplitude * slopeY * slopeY * weight;
        }

        var scale = (xx * yy) - (xy * xy);
        return (((yy * pullX) - (xy * pullY)) / scale, ((xx * pullY) - (xy * pullX)) / scale);
    }

    /// <summary>The height of the Gaussian that fits best.</summary>
    private static double Amplitude(LuminancePlane plane, StarShape shape, double a, double b, double c)
    {
        var (product, square) = (0.0, 0.0);
        foreach (var (_, _, light, model) in Pixels(plane, shape, a, b, c))
        {
            product += light * model;
            square += model * model;
        }

        return product / square;
    }

    /// <summary>Pixels within reach: place from the centre, light, and the light of a Gaussian of that shape and height 1.</summary>
    private static IEnumerable<(double X, double Y, double Light, double Model)> Pixels(LuminancePlane plane, StarShape shape, double a, double b, double c)
    {
        var reach = Reach * shape.Major;
        var (bottom, right) = (Math.Min(plane.Height - 1, shape.Y + reach), Math.Min(plane.Width - 1, shape.X + reach));
        for (var y = (int)Math.Max(0, Math.Ceiling(shape.Y - reach)); y <= bottom; y++)
        {
            for (var x = (int)Math.Max(0, Math.Ceiling(shape.X - reach)); x <= right; x++)
            {
                var (dx, dy, light) = (x - shape.X, y - shape.Y, plane[x, y]);
                var square = (a * dx * dx) + (2 * b * dx * dy) + (c * dy * dy);
                if (square <= Reach * Reach && !float.IsNaN(light))
                {
                    yield return (dx, dy, light, Math.Exp(-square / 2));
                }
            }
        }
    }
}
