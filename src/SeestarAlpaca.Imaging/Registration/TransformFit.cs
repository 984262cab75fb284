namespace SeestarAlpaca.Imaging.Registration;

/// <summary>A point of one picture and the same point of another.</summary>
internal readonly record struct PointPair(double FromX, double FromY, double ToX, double ToY)
{
    /// <summary>How far a transform's result is from where the point really is, squared.</summary>
    public double SquaredError(RigidTransform transform)
    {
        var (x, y) = transform.Apply(FromX, FromY);
        return ((x - ToX) * (x - ToX)) + ((y - ToY) * (y - ToY));
    }
}

/// <summary>The transform with the least squares of errors, in closed form.</summary>
/// <param name="Transform">Rotation and translation.</param>
/// <param name="Scale">How much larger the second picture is, were it free to be; 1 if both are taken with the same telescope.</param>
/// <param name="Rms">The root of the mean squared distance that is left, in pixels, at scale 1.</param>
internal readonly record struct TransformFit(RigidTransform Transform, double Scale, double Rms)
{
    /// <summary>Fits pairs of points; at least two different ones.</summary>
    public static TransformFit Of(IReadOnlyList<PointPair> pairs)
    {
        var (fromX, fromY) = (pairs.Average(pair => pair.FromX), pairs.Average(pair => pair.FromY));
        var (toX, toY) = (pairs.Average(pair => pair.ToX), pairs.Average(pair => pair.ToY));
        var (along, across, extent) = (0.0, 0.0, 0.0);
        foreach (var pair in pairs)
        {
            var (x, y, u, v) = (pair.FromX - fromX, pair.FromY - fromY, pair.ToX - toX, pair.ToY - toY);
            along += (x * u) + (y * v);
            across += (x * v) - (y * u);
            extent += (x * x) + (y * y);
        }

        var turn = new RigidTransform(Math.Atan2(across, along), 0, 0);
        var (x0, y0) = turn.Apply(fromX, fromY);
        var transform = turn with { X = toX - x0, Y = toY - y0 };
        return new TransformFit(
            transform, Math.Sqrt((along * along) + (across * across)) / extent, Math.Sqrt(pairs.Average(pair => pair.SquaredError(transform))));
    }
}
