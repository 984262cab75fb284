namespace SeestarAlpaca.Simulator.Models;

/// <summary>Where a direction on the sky is above a place on Earth.</summary>
internal static class Horizon
{
    private static readonly DateTimeOffset J2000 = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Altitude and azimuth in degrees; azimuth from north over east.</summary>
    /// <param name="hours">Right ascension of date.</param>
    /// <param name="degrees">Declination of date.</param>
    /// <param name="longitude">Degrees, east positive.</param>
    /// <param name="latitude">Degrees, north positive.</param>
    /// <param name="when">The moment.</param>
    public static (double Altitude, double Azimuth) Of(double hours, double degrees, double longitude, double latitude, DateTimeOffset when)
    {
        var hourAngle = double.DegreesToRadians(SiderealDegrees(when) + longitude - (hours * 15));
        var (sinDec, cosDec) = Math.SinCos(double.DegreesToRadians(degrees));
        var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(latitude));
        var altitude = Math.Asin((sinLat * sinDec) + (cosLat * cosDec * Math.Cos(hourAngle)));
        var azimuth = Math.Atan2(-cosDec * Math.Sin(hourAngle), (cosLat * sinDec) - (sinLat * cosDec * Math.Cos(hourAngle)));
        return (double.RadiansToDegrees(altitude), (double.RadiansToDegrees(azimuth) + 360) % 360);
    }

    /// <summary>Greenwich mean sidereal time in degrees; good to a second of time in this century.</summary>
    private static double SiderealDegrees(DateTimeOffset when) => (280.46061837 + (360.98564736629 * (when - J2000).TotalDays)) % 360;
}
