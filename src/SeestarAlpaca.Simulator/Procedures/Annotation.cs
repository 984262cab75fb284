using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Solves a picture and names what is in it; about 3.4 s (<c>seestar-protocol.md</c> §3.8). A stack does it after its first accepted sub.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="stack">The stack that it is part of; null for one on its own.</param>
internal sealed class Annotation(Telescope telescope, Activity? stack)
{
    private const double SolveSeconds = 3.287;

    private readonly WireObject _fields = [];
    private Activity? _activity;
    private PlateSolve? _solve;

    private WireObject Page => new() { ["page"] = stack is null ? "preview" : "stack" };

    /// <summary>Does it.</summary>
    /// <param name="imageId">The exposure counter of the picture.</param>
    /// <param name="cancellationToken">Stops it; nothing is told then but by <see cref="Abort"/>.</param>
    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> RunAsync(int imageId, CancellationToken cancellationToken)
    {
        _activity = stack?.Begin("Annotate", isStage: false, _fields)
            ?? new Activity("Annotate", null, telescope.Agenda, telescope.Events) { Fields = _fields };
        _activity.Tell();
        TellStep(new WireObject { ["state"] = "start" });
        _solve = new PlateSolve(telescope, _activity, Page);
        if (!await _solve.RunAsync(SolveSeconds, imageId, cancellationToken))
        {
            Fail(ErrorCodes.SolveFailed);
            return false;
        }

        await telescope.DelayAsync(0.123, cancellationToken);
        var result = Result(imageId);
        telescope.Findings.Annotation = result;
        _fields["result"] = result;
        TellStep(new WireObject { ["state"] = "complete", ["result"] = result });
        _activity.End("complete");
        return true;
    }

    /// <summary>Tells that it was broken off, if it was.</summary>
    public void Abort()
    {
        _solve?.Abort();
        if (_activity is { State: "working" })
        {
            Fail(ErrorCodes.Aborted);
        }
    }

    private void Fail(int code)
    {
        TellStep(new WireObject { ["state"] = "fail", ["error"] = ErrorCodes.Text(code), ["code"] = code });
        _activity!.Fail(code);
    }

    private void TellStep(WireObject more) => telescope.Events.Emit("Annotate", Page.With(more));

    private WireObject Result(int imageId)
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
