namespace SeestarAlpaca.Imaging.Astrometry;

/// <summary>A place in the sky, of whatever equinox.</summary>
/// <param name="RightAscension">In degrees, 0 to below 360.</param>
/// <param name="Declination">In degrees, −90 to 90.</param>
public readonly record struct EquatorialPosition(double RightAscension, double Declination)
{
    private const double DegreesPerHour = 15;

    /// <summary>Of hours, as the telescope tells it (<c>seestar-protocol.md</c> §4.8).</summary>
    /// <param name="hours">Right ascension in hours; any number of turns.</param>
    /// <param name="degrees">Declination in degrees.</param>
    public static EquatorialPosition OfHours(double hours, double degrees) => new(Turned(DegreesPerHour * hours), degrees);

    /// <summary>Right ascension in hours, 0 to below 24.</summary>
    public double Hours => RightAscension / DegreesPerHour;

    /// <summary>How far another place is, in degrees.</summary>
    public double DistanceTo(EquatorialPosition other)
    {
        var (one, two) = (Direction.Of(this), Direction.Of(other));
        return double.RadiansToDegrees(Math.Atan2(one.Cross(two).Length, one.Dot(two)));
    }

    /// <summary>The same angle from 0 to below 360 degrees.</summary>
    internal static double Turned(double degrees)
    {
        var turned = degrees - (360 * Math.Floor(degrees / 360));
        return turned < 360 ? turned : 0;
    }
}
