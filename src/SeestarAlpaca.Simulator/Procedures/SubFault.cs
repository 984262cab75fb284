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
    private static readonly SubFault[] Chances = [TooFewStars, TransformFailed, Coded(ErrorCodes.StarTrails)];

    /// <summary>What the telescope says of a sub that it tried to register.</summary>
    public static SubFault Of(RegistrationOutcome outcome) => outcome switch
    {
        RegistrationOutcome.TooFewStars => TooFewStars,
        RegistrationOutcome.NoTransform => TransformFailed,
        _ => None,
    };

    private static SubFault Coded(int code) => new(code, ErrorCodes.Text(code));

    /// <summary>Judges a sub: rejected if the telescope has left the target, and by chance as often as the options ask for.</summary>
    public static SubFault Of(Telescope telescope, Pointing target)
    {
        if (telescope.Mount.Pointing != target)
        {
            return TransformFailed;
        }

        return telescope.Random.NextDouble() < telescope.Options.RejectedShare ? Chances[telescope.Random.Next(Chances.Length)] : None;
    }
}
