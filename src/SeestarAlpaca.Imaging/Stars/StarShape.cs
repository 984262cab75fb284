namespace SeestarAlpaca.Imaging.Stars;

/// <summary>
/// Centre and shape of a star, found with a Gaussian window that takes the star's own shape step by step: the weights keep the noise of
/// far pixels and other stars out, and undo their own effect, since a Gaussian seen through its like has half its variance.
/// </summary>
/// <param name="X">Column of the centre.</param>
/// <param name="Y">Row of the centre.</param>
/// <param name="Xx">Variance along the columns, in square pixels.</param>
/// <param name="Xy">Covariance.</param>
/// <param name="Yy">Variance along the rows.</param>
internal readonly record struct StarShape(double X, double Y, double Xx, double Xy, double Yy)
{
    private const int MostSteps = 30;

    /// <summary>Where it has come to rest: a thousandth of a pixel.</summary>
    private const double Still = 1e-3;

    /// <summary>The narrowest and the widest window, as standard deviations in pixels; a galaxy ends at the widest.</summary>
    private const double Narrowest = 0.5;
    private const double Widest = 5;

    /// <summary>What the window begins with, as a standard deviation in pixels.</summary>
    private const double First = 1.2;

    /// <summary>Pixels that the centre may lie off the peak; further away another thing has drawn the window off.</summary>
    private const double Leash = 3;

    /// <summary>Standard deviation along the longer axis, in pixels.</summary>
    public double Major => Math.Sqrt(Mean + Half);

    /// <summary>Standard deviation along the shorter axis, in pixels.</summary>
    public double Minor => Math.Sqrt(Math.Max(Mean - Half, 0));

    /// <summary>From the x axis to the longer axis, towards the y axis, in radians: above −π/2 to π/2.</summary>
    public double Angle => Math.Atan2(2 * Xy, Xx - Yy) / 2;

    private double Mean => (Xx + Yy) / 2;

    private double Half => Math.Sqrt((((Xx - Yy) / 2) * ((Xx - Yy) / 2)) + (Xy * Xy));

    /// <summary>Measures what stands at a peak; null if nothing there has a centre.</summary>
    public static StarShape? At(LuminancePlane plane, StarPeak peak)
    {
        var shape = new StarShape(peak.X, peak.Y, First * First, 0, First * First);
        for (var step = 0; step < MostSteps; step++)
        {
            if (shape.Improve(plane) is not { } next || Math.Abs(next.X - peak.X) > Leash || Math.Abs(next.Y - peak.Y) > Leash)
            {
                return null;
            }

            var isStill = Math.Abs(next.X - shape.X) + Math.Abs(next.Y - shape.Y) + Math.Abs(next.Mean - shape.Mean) < Still;
            shape = next;
            if (isStill)
            {
                break;
            }
        }

        return shape;
    }

    private StarShape? Improve(LuminancePlane plane)
    {
        var determinant = (Xx * Yy) - (Xy * Xy);
        var (a, b, c) = (-Yy / (2 * determinant), Xy / determinant, -Xx / (2 * determinant));
        var reach = (int)Math.Ceiling(3 * Major);
        var (sum, sumX, sumY, sumXx, sumXy, sumYy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var (centreX, centreY) = ((int)Math.Round(X), (int)Math.Round(Y));
        for (var j = Math.Max(0, centreY - reach); j <= Math.Min(plane.Height - 1, centreY + reach); j++)
        {
            var row = plane.Row(j);
            var dy = j - Y;
            for (var i = Math.Max(0, centreX - reach); i <= Math.Min(row.Length - 1, centreX + reach); i++)
            {
                if (float.IsNaN(row[i]))
                {
                    continue;
                }

                var dx = i - X;
                var light = row[i] * Math.Exp((a * dx * dx) + (b * dx * dy) + (c * dy * dy));
                sum += light;
                sumX += light * dx;
                sumY += light * dy;
                sumXx += light * dx * dx;
                sumXy += light * dx * dy;
                sumYy += light * dy * dy;
            }
        }

        if (!(sum > 0))
        {
            return null;
        }

        // Twice, since the window of the star's own shape halves both the way to the centre and the variance.
        var (x, y) = (sumX / sum, sumY / sum);
        return new StarShape(
            X + Math.Clamp(2 * x, -1, 1), Y + Math.Clamp(2 * y, -1, 1),
            2 * ((sumXx / sum) - (x * x)), 2 * ((sumXy / sum) - (x * y)), 2 * ((sumYy / sum) - (y * y))).Bounded();
    }

    /// <summary>Keeps both variances within bounds and the axes real.</summary>
    private StarShape Bounded()
    {
        const double Low = Narrowest * Narrowest;
        const double High = Widest * Widest;
        var (xx, yy) = (Math.Clamp(Xx, Low, High), Math.Clamp(Yy, Low, High));
        var most = 0.95 * Math.Sqrt(xx * yy);
        return this with { Xx = xx, Yy = yy, Xy = Math.Clamp(Xy, -most, most) };
    }
}
