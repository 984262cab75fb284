using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Why a sub is not taken into the stack (<c>seestar-protocol.md</c> §3.6).</summary>
/// <param name="Code">0 if it is taken.</param>
/// <param name="Text">The words for it.</param>
internal readonly record struct SubFault(int Code, string Text)
{
    private static readonly SubFault None = new(0, "no error");
    private static readonly SubFault TransformFailed = new(264, "transform failed");
    private static readonly SubFault[] Chances = [new(263, "stack error, too few stars"), TransformFailed, new(530, "star trails")];

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
