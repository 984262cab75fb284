using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Registration;

/// <summary>
/// Finds roughly how two star lists lie to each other: every pair of stars of one list that is as long as a pair of the other proposes a
/// transform, and the one that most stars agree with wins. No chance is involved, and any rotation is found.
/// </summary>
internal sealed class PairVoting
{
    /// <summary>The brightest stars of each list take part; 40 make 780 pairs and a few thousand proposals.</summary>
    public const int Voters = 40;

    /// <summary>Pixels by which two lengths may differ.</summary>
    private const double LengthTolerance = 1.5;

    /// <summary>Pixels that a star may be off a proposal: a short pair tells the rotation badly.</summary>
    private const double PlaceTolerance = 3;

    /// <summary>Pairs are at least this part of the field's diagonal long, for the same reason.</summary>
    private const double ShortestPair = 0.15;

    private readonly DetectedStar[] _reference;
    private readonly DetectedStar[] _stars;
    private readonly Pair[] _pairs;

    /// <summary>Prepares two lists, the brightest stars first.</summary>
    public PairVoting(IReadOnlyList<DetectedStar> reference, IReadOnlyList<DetectedStar> stars)
    {
        (_reference, _stars) = ([.. reference.Take(Voters)], [.. stars.Take(Voters)]);
        _pairs = Pairs(_reference);
        Array.Sort(_pairs, (one, other) => one.Length.CompareTo(other.Length));
    }

    /// <summary>The transform from the reference that most stars agree with; null if no pair has its like.</summary>
    public RigidTransform? Winner()
    {
        RigidTransform? winner = null;
        var best = (Votes: 0, Error: 0.0);
        foreach (var pair in Pairs(_stars))
        {
            for (var i = FirstNotShorter(pair.Length - LengthTolerance); i < _pairs.Length && _pairs[i].Length <= pair.Length + LengthTolerance; i++)
            {
                Judge(Proposal(_pairs[i], pair.From, pair.To));
                Judge(Proposal(_pairs[i], pair.To, pair.From));
            }
        }

        return winner;

        void Judge(RigidTransform proposal)
        {
            var (votes, error) = Count(proposal);
            if (votes > best.Votes || (votes == best.Votes && error < best.Error))
            {
                (winner, best) = (proposal, (votes, error));
            }
        }
    }

    /// <summary>All pairs that are long enough.</summary>
    private static Pair[] Pairs(DetectedStar[] stars)
    {
        var shortest = stars.Length == 0
            ? 0
            : ShortestPair * double.Hypot(Extent(stars.Select(star => star.X)), Extent(stars.Select(star => star.Y)));
        var all = from i in Enumerable.Range(0, stars.Length)
                  from j in Enumerable.Range(i + 1, stars.Length - i - 1)
                  select new Pair(stars[i], stars[j], double.Hypot(stars[j].X - stars[i].X, stars[j].Y - stars[i].Y));
        return [.. all.Where(pair => pair.Length >= shortest)];
    }

    private static double Extent(IEnumerable<double> places) => places.Max() - places.Min();

    private static RigidTransform Proposal(Pair reference, DetectedStar from, DetectedStar to) =>
        TransformFit.Of(
        [
            new PointPair(reference.From.X, reference.From.Y, from.X, from.Y),
            new PointPair(reference.To.X, reference.To.Y, to.X, to.Y),
        ]).Transform;

    private (int Votes, double Error) Count(RigidTransform proposal)
    {
        var (votes, error) = (0, 0.0);
        var (sine, cosine) = Math.SinCos(proposal.Rotation);
        foreach (var reference in _reference)
        {
            var x = (cosine * reference.X) - (sine * reference.Y) + proposal.X;
            var y = (sine * reference.X) + (cosine * reference.Y) + proposal.Y;
            var nearest = double.MaxValue;
            foreach (var star in _stars)
            {
                nearest = Math.Min(nearest, ((star.X - x) * (star.X - x)) + ((star.Y - y) * (star.Y - y)));
            }

            if (nearest <= PlaceTolerance * PlaceTolerance)
            {
                votes++;
                error += nearest;
            }
        }

        return (votes, error);
    }

    private int FirstNotShorter(double length)
    {
        var (low, high) = (0, _pairs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _pairs[middle].Length < length ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Pair(DetectedStar From, DetectedStar To, double Length);
}
