namespace SeestarAlpaca.Imaging.Astrometry;

/// <summary>What a position of date takes into account.</summary>
public enum PlaceKind
{
    /// <summary>Mean place: precession only. What software means that turns J2000 into "JNow" with a new equinox.</summary>
    Mean,

    /// <summary>Apparent place: precession, nutation and annual aberration, up to half an arcminute from the mean place.</summary>
    Apparent,
}

/// <summary>
/// Turns positions of date (JNow), which telescopes tell, into positions of J2000, which files want, and back. Pure and thread safe.
/// Precession is that of IAU 2006; an apparent place is true to half an arcsecond from 1900 to 2100; both ways undo each other.
/// </summary>
public static class Equinox
{
    private const double JulianCentury = 36525;

    private static readonly DateTimeOffset J2000 = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The position of J2000.</summary>
    /// <param name="ofDate">The position of date.</param>
    /// <param name="time">The date.</param>
    /// <param name="kind">What the position of date takes into account.</param>
    public static EquatorialPosition ToJ2000(EquatorialPosition ofDate, DateTimeOffset time, PlaceKind kind = PlaceKind.Mean)
    {
        var centuries = Centuries(time);
        var direction = Direction.Of(ofDate);
        if (kind == PlaceKind.Apparent)
        {
            var (obliquity, longitude, tilt) = Nutation(centuries);
            direction = WithoutAberration(direction, Velocity(centuries, obliquity + tilt))
                .AboutX(obliquity + tilt).AboutZ(longitude).AboutX(-obliquity);
        }

        var (zeta, z, theta) = Precession(centuries);
        return direction.AboutZ(z).AboutY(-theta).AboutZ(zeta).ToPosition();
    }

    /// <summary>The position of date.</summary>
    /// <param name="ofJ2000">The position of J2000.</param>
    /// <param name="time">The date.</param>
    /// <param name="kind">What the position of date shall take into account.</param>
    public static EquatorialPosition OfDate(EquatorialPosition ofJ2000, DateTimeOffset time, PlaceKind kind = PlaceKind.Mean)
    {
        var centuries = Centuries(time);
        var (zeta, z, theta) = Precession(centuries);
        var direction = Direction.Of(ofJ2000).AboutZ(-zeta).AboutY(theta).AboutZ(-z);
        if (kind == PlaceKind.Apparent)
        {
            var (obliquity, longitude, tilt) = Nutation(centuries);
            direction = direction.AboutX(obliquity).AboutZ(-longitude).AboutX(-obliquity - tilt) + Velocity(centuries, obliquity + tilt);
        }

        return direction.ToPosition();
    }

    private static double Centuries(DateTimeOffset time) => (time - J2000).TotalDays / JulianCentury;

    /// <summary>The three angles of IAU 2006 (Capitaine, Wallace and Chapront 2003, equation 40), in radians.</summary>
    private static (double Zeta, double Z, double Theta) Precession(double t) => (
        Arcseconds(2.650545 + (t * (2306.083227 + (t * (0.2988499 + (t * (0.01801828 - (t * 5.971e-6)))))))),
        Arcseconds(-2.650545 + (t * (2306.077181 + (t * (1.0927348 + (t * (0.01826837 - (t * 28.596e-6)))))))),
        Arcseconds(t * (2004.191903 - (t * (0.4294934 + (t * (0.04182264 + (t * 7.089e-6))))))));

    /// <summary>Mean obliquity, and the main terms of nutation in longitude and obliquity (IAU 1980), in radians.</summary>
    private static (double Obliquity, double Longitude, double Tilt) Nutation(double t)
    {
        var node = double.DegreesToRadians(125.04452 - (1934.136261 * t));
        var sun = 2 * double.DegreesToRadians(280.4665 + (36000.7698 * t));
        var moon = 2 * double.DegreesToRadians(218.3165 + (481267.8813 * t));
        var anomaly = double.DegreesToRadians(357.52911 + (35999.05029 * t));
        var moonAnomaly = double.DegreesToRadians(134.96298 + (477198.867398 * t));
        var longitude = (-17.1996 * Math.Sin(node)) - (1.3187 * Math.Sin(sun)) - (0.2274 * Math.Sin(moon)) + (0.2062 * Math.Sin(2 * node))
            + (0.1426 * Math.Sin(anomaly)) + (0.0712 * Math.Sin(moonAnomaly));
        var tilt = (9.2025 * Math.Cos(node)) + (0.5736 * Math.Cos(sun)) + (0.0977 * Math.Cos(moon)) - (0.0895 * Math.Cos(2 * node));
        return (Arcseconds(84381.406 - (46.836769 * t)), Arcseconds(longitude), Arcseconds(tilt));
    }

    /// <summary>The Earth's velocity on its ellipse in units of that of light, towards the axes of the equator.</summary>
    private static Direction Velocity(double t, double obliquity)
    {
        var anomaly = double.DegreesToRadians(357.52911 + (35999.05029 * t));
        var sun = double.DegreesToRadians(280.46646 + (36000.76983 * t) + (1.914602 * Math.Sin(anomaly)) + (0.019993 * Math.Sin(2 * anomaly)));
        var perihelion = double.DegreesToRadians(102.93735 + (1.71946 * t));
        var (constant, eccentricity) = (Arcseconds(20.49552), 0.016708634 - (0.000042037 * t));
        var ecliptic = new Direction(
            constant * (Math.Sin(sun) - (eccentricity * Math.Sin(perihelion))), constant * ((eccentricity * Math.Cos(perihelion)) - Math.Cos(sun)), 0);
        return ecliptic.AboutX(-obliquity);
    }

    /// <summary>The direction of length 1 that, with the velocity added, points there.</summary>
    private static Direction WithoutAberration(Direction seen, Direction velocity)
    {
        var along = seen.Dot(velocity);
        return ((along + Math.Sqrt((along * along) + 1 - velocity.Dot(velocity))) * seen) - velocity;
    }

    private static double Arcseconds(double value) => double.DegreesToRadians(value / 3600);
}
