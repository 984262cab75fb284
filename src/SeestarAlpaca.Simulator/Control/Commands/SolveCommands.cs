using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Plate solves and annotations (<c>seestar-protocol.md</c> §4.9): of the newest picture, begun at once, told by events and kept.</summary>
internal static class SolveCommands
{
    private const double SolveSeconds = 3.287;

    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["start_solve"] = Handle.With(call => Begin(call, Solve)),
        ["get_solve_result"] = Handle.Tell(call => Found(call.Telescope.Findings.Solve)),
        ["get_last_solve_result"] = Handle.Tell(call => Found(call.Telescope.Findings.Solve)),
        ["start_annotate"] = Handle.With(call => Begin(call, Annotate)),
        ["get_annotate_result"] = Handle.Tell(call => Found(call.Telescope.Findings.Annotation)),
    };

    private static WireObject Found(WireObject? result) => result ?? throw new RefusedException(ErrorCodes.NoSolveData);

    private static Answer Begin(Call call, Func<Telescope, SubPicture, bool> begin) =>
        call.Telescope.Pictures.Sub is { } sub && begin(call.Telescope, sub) ? Answer.Begun : Answer.Of(ErrorCodes.FailToOperate);

    private static bool Solve(Telescope telescope, SubPicture sub)
    {
        var solve = new PlateSolve(telescope, null, new WireObject { ["page"] = "preview" });
        return telescope.Solving.TryBegin(token => solve.RunAsync(SolveSeconds, sub.ImageId, token), solve.Abort);
    }

    private static bool Annotate(Telescope telescope, SubPicture sub)
    {
        var annotation = new Annotation(telescope, null);
        return telescope.Solving.TryBegin(token => annotation.RunAsync(sub.ImageId, token), annotation.Abort);
    }
}
