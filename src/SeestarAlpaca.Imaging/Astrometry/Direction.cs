namespace SeestarAlpaca.Imaging.Astrometry;

/// <summary>A direction as a vector: x to the equinox, z to the north pole.</summary>
internal readonly record struct Direction(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public static Direction Of(EquatorialPosition position)
    {
        var (sineRa, cosineRa) = Math.SinCos(double.DegreesToRadians(position.RightAscension));
        var (sineDec, cosineDec) = Math.SinCos(double.DegreesToRadians(position.Declination));
        return new Direction(cosineDec * cosineRa, cosineDec * sineRa, sineDec);
    }

    public static Direction operator +(Direction one, Direction other) => new(one.X + other.X, one.Y + other.Y, one.Z + other.Z);

    public static Direction operator -(Direction one, Direction other) => new(one.X - other.X, one.Y - other.Y, one.Z - other.Z);

    public static Direction operator *(double factor, Direction direction) => new(factor * direction.X, factor * direction.Y, factor * direction.Z);

    public double Dot(Direction other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Direction Cross(Direction other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    public EquatorialPosition ToPosition() => new(
        EquatorialPosition.Turned(double.RadiansToDegrees(Math.Atan2(Y, X))), double.RadiansToDegrees(Math.Atan2(Z, Math.Sqrt((X * X) + (Y * Y)))));

    /// <summary>Seen from axes turned about x; the angle in radians.</summary>
    public Direction AboutX(double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return new Direction(X, (cosine * Y) + (sine * Z), (cosine * Z) - (sine * Y));
    }

    /// <summary>Seen from axes turned about y; the angle in radians.</summary>
    public Direction AboutY(double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return new Direction((cosine * X) - (sine * Z), Y, (sine * X) + (cosine * Z));
    }

    /// <summary>Seen from axes turned about z; the angle in radians.</summary>
    public Direction AboutZ(double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return new Direction((cosine * X) + (sine * Y), (cosine * Y) - (sine * X), Z);
    }
}
