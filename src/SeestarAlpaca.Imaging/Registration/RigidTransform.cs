namespace SeestarAlpaca.Imaging.Registration;

/// <summary>
/// A rotation about the centre of the top left pixel, then a translation. Coordinates are pixels to the right and down, 0,0 the centre of
/// the top left pixel. The default value changes nothing.
/// </summary>
/// <param name="Rotation">In radians; positive turns the x axis towards the y axis, clockwise as the picture is seen.</param>
/// <param name="X">Pixels to the right.</param>
/// <param name="Y">Pixels down.</param>
public readonly record struct RigidTransform(double Rotation, double X, double Y)
{
    /// <summary>Where a point goes.</summary>
    public (double X, double Y) Apply(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Rotation);
        return ((cosine * x) - (sine * y) + X, (sine * x) + (cosine * y) + Y);
    }

    /// <summary>The transform that undoes this one.</summary>
    public RigidTransform Inverse()
    {
        var (sine, cosine) = Math.SinCos(Rotation);
        return new RigidTransform(-Rotation, -(cosine * X) - (sine * Y), (sine * X) - (cosine * Y));
    }
}
