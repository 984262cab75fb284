using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>After the first accepted sub: solves it and names what is in it; about 3.4 s (<c>seestar-protocol.md</c> §3.8).</summary>
internal static class FirstSolve
{
    private const double SolveSeconds = 3.287;

    /// <summary>Does it.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="stack">The stack, which it is part of.</param>
    /// <param name="imageId">The exposure counter of the sub.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(Telescope telescope, Activity stack, int imageId, CancellationToken cancellationToken)
    {
        var fields = new WireObject();
        var annotate = stack.Begin("Annotate", isStage: false, fields);
        annotate.Tell();
        telescope.Events.Emit("Annotate", new WireObject { ["page"] = "stack", ["state"] = "start" });
        await PlateSolve.RunAsync(telescope, "stack", SolveSeconds, imageId, cancellationToken);
        await telescope.DelayAsync(0.123, cancellationToken);
        fields["result"] = Result(telescope, imageId);
        annotate.End("complete");
    }

    private static WireObject Result(Telescope telescope, int imageId)
    {
        var size = telescope.Source.Size;
        return new WireObject
        {
            ["image_size"] = new[] { size.Width, size.Height },
            ["annotations"] = new[]
            {
                new WireObject
                {
                    ["type"] = "ngc",
                    ["names"] = new[] { telescope.View.TargetName },
                    ["pixelx"] = new SixDigits((size.Width / 2.0) - 0.5),
                    ["pixely"] = new SixDigits((size.Height / 2.0) - 0.5),
                    ["radius"] = new SixDigits(size.Width / 8.0),
                },
            },
            ["image_id"] = imageId,
        };
    }
}
