using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Why a sub is not taken into the stack (<c>seestar-protocol.md</c> §3.6).</summary>
/// <param name="Code">0 if it is taken.</param>
/// <param name="Text">The words for it.</param>
internal readonly record struct SubFault(int Code, string Text)
{
    private static readonly SubFault None = new(0, "no error");
    private static readonly SubFault TooFewStars = Coded(ErrorCodes.TooFewStars);
    private static readonly SubFault TransformFailed = Coded(ErrorCodes.TransformFailed);
    private static readonly SubFault StarTrails = Coded(ErrorCodes.StarTrails);
    private static readonly SubFault[] Chances = [TooFewStars, TransformFailed, StarTrails];

    /// <summary>Below this brightness against a clear sub, not enough stars stand out of the noise.</summary>
    private const double FaintestPeak = 0.15;

    /// <summary>Stars longer than this, in pixels, are trails.</summary>
    private const double LongestTrail = 6;

    /// <summary>What the telescope says of a sub that it tried to register.</summary>
    public static SubFault Of(RegistrationOutcome outcome) => outcome switch
    {
        RegistrationOutcome.TooFewStars => TooFewStars,
        RegistrationOutcome.NoTransform => TransformFailed,
        _ => None,
    };

    /// <summary>
    /// Judges a sub: rejected if the telescope has left the target, if clouds, dew or lost focus hide the stars, if they are trails, and otherwise by
    /// chance as often as the options ask for.
    /// </summary>
    public static SubFault Of(Telescope telescope, Pointing target, SkyConditions conditions)
    {
        if (telescope.Mount.Pointing != target)
        {
            return TransformFailed;
        }

        if (conditions.StarPeak < FaintestPeak)
        {
            return TooFewStars;
        }

        // Half-way to the corner stands for the field.
        var size = telescope.Source.Size;
        var radius = Math.Sqrt(((double)size.Width * size.Width) + ((double)size.Height * size.Height)) / 4;
        if ((Math.Abs(double.DegreesToRadians(conditions.Rotation)) * radius) + conditions.Shake > LongestTrail)
        {
            return StarTrails;
        }

        return telescope.Random.NextDouble() < telescope.Options.RejectedShare ? Chances[telescope.Random.Next(Chances.Length)] : None;
    }

    private static SubFault Coded(int code) => new(code, ErrorCodes.Text(code));
}
