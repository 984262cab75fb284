using SeestarAlpaca.Imaging.Registration;
using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>What came of registering a sub.</summary>
internal enum RegistrationOutcome
{
    /// <summary>Its place is known.</summary>
    Registered,

    /// <summary>It shows too few stars.</summary>
    TooFewStars,

    /// <summary>Its stars are not those of the stack.</summary>
    NoTransform,
}

/// <summary>Registers the subs of one stack on the stars of its first one with enough of them. Not thread safe.</summary>
internal sealed class StarRegistrar
{
    private IReadOnlyList<DetectedStar>? _reference;

    /// <summary>Finds where a sub lies.</summary>
    /// <param name="stars">Its stars, the brightest first.</param>
    /// <param name="transform">From coordinates of the stack to those of the sub.</param>
    public RegistrationOutcome Register(IReadOnlyList<DetectedStar> stars, out RigidTransform transform)
    {
        transform = default;
        if (stars.Count < TransformSolver.FewestStars)
        {
            return RegistrationOutcome.TooFewStars;
        }

        if (_reference is null)
        {
            _reference = stars;
            return RegistrationOutcome.Registered;
        }

        if (TransformSolver.Solve(_reference, stars) is not { } solved)
        {
            return RegistrationOutcome.NoTransform;
        }

        transform = solved.Transform;
        return RegistrationOutcome.Registered;
    }
}
