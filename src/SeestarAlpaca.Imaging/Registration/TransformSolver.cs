using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Registration;

/// <summary>Finds how two pictures of the same field lie to each other from their stars. Pure, deterministic and thread safe.</summary>
public static class TransformSolver
{
    /// <summary>With fewer stars than this in a list, or fewer that agree, there is no transform: chance could have made it.</summary>
    public const int FewestStars = 6;

    /// <summary>The part of the shorter list that must agree.</summary>
    private const double LeastShare = 0.2;

    /// <summary>The most that the scale may differ from 1.</summary>
    private const double ScaleTolerance = 0.01;

    /// <summary>Pixels that a matched star may be off at first, and at least at the end, however well the others fit.</summary>
    private const double FirstTolerance = 3;
    private const double LastTolerance = 0.5;

    /// <summary>Stars further off than so many standard deviations are left out.</summary>
    private const double Clip = 3;

    /// <summary>The most that matched stars may be off in the mean, in pixels.</summary>
    private const double MostRms = 1;

    private const int MostRounds = 10;

    /// <summary>
    /// The rotation and translation from the reference to another picture, whatever the rotation. It is found by the pairs of the 40
    /// brightest stars and fitted to all by least squares, with stars that do not fit left out.
    /// </summary>
    /// <param name="reference">The stars of the reference, the brightest first.</param>
    /// <param name="stars">The stars of the other picture, the brightest first.</param>
    /// <returns>
    /// Null if the lists do not belong together: fewer than <see cref="FewestStars"/> stars or a fifth of the shorter list agree, they are off
    /// by more than a pixel in the mean, or the scale is not 1 within 1 %.
    /// </returns>
    public static SolvedTransform? Solve(IReadOnlyList<DetectedStar> reference, IReadOnlyList<DetectedStar> stars)
    {
        var shorter = Math.Min(reference.Count, stars.Count);
        if (shorter < FewestStars || new PairVoting(reference, stars).Winner() is not { } start)
        {
            return null;
        }

        var least = Math.Max(FewestStars, (int)Math.Ceiling(LeastShare * shorter));
        var (transform, tolerance) = (start, FirstTolerance);
        for (var round = 0; ; round++)
        {
            var matches = Match(reference, stars, transform, tolerance);
            if (matches.Count < least)
            {
                return null;
            }

            var fit = TransformFit.Of([.. matches.Select(match => new PointPair(match.Reference.X, match.Reference.Y, match.Star.X, match.Star.Y))]);
            var next = Math.Clamp(Clip * fit.Rms, LastTolerance, tolerance);
            if (round == MostRounds || (fit.Transform == transform && next == tolerance))
            {
                return fit.Rms <= MostRms && Math.Abs(fit.Scale - 1) <= ScaleTolerance
                    ? new SolvedTransform(fit.Transform, matches, fit.Rms, fit.Scale)
                    : null;
            }

            (transform, tolerance) = (fit.Transform, next);
        }
    }

    /// <summary>The pairs of stars that are each other's nearest.</summary>
    private static List<StarMatch> Match(
        IReadOnlyList<DetectedStar> reference, IReadOnlyList<DetectedStar> stars, RigidTransform transform, double tolerance)
    {
        var places = reference.Select(star => transform.Apply(star.X, star.Y)).ToArray();
        var centres = stars.Select(star => (star.X, star.Y)).ToArray();
        var matches = new List<StarMatch>();
        for (var i = 0; i < places.Length; i++)
        {
            if (Nearest(centres, places[i], tolerance) is { } star && Nearest(places, centres[star], tolerance) == i)
            {
                matches.Add(new StarMatch(reference[i], stars[star]));
            }
        }

        return matches;
    }

    private static int? Nearest((double X, double Y)[] points, (double X, double Y) place, double tolerance)
    {
        int? nearest = null;
        var least = tolerance * tolerance;
        for (var i = 0; i < points.Length; i++)
        {
            var (dx, dy) = (points[i].X - place.X, points[i].Y - place.Y);
            var distance = (dx * dx) + (dy * dy);
            if (distance <= least)
            {
                (nearest, least) = (i, distance);
            }
        }

        return nearest;
    }
}
