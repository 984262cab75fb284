using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Registration;

/// <summary>A star that was found in both pictures.</summary>
/// <param name="Reference">As it is in the reference.</param>
/// <param name="Star">As it is in the other picture.</param>
public sealed record StarMatch(DetectedStar Reference, DetectedStar Star);

/// <summary>How two pictures of the same field lie to each other.</summary>
/// <param name="Transform">From coordinates of the reference to coordinates of the other picture.</param>
/// <param name="Matches">The stars that agree with it (the inliers), in the order of the reference.</param>
/// <param name="Rms">The root of the mean squared distance of the matches, in pixels.</param>
/// <param name="Scale">The other picture's scale against the reference, were it free; within 1 % of 1.</param>
public sealed record SolvedTransform(RigidTransform Transform, IReadOnlyList<StarMatch> Matches, double Rms, double Scale);
