using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Finds out from the stars where the telescope looks, told as both kinds of event.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="parent">What it is part of; null for a solve on its own.</param>
/// <param name="page">What step events begin with: the page, and for a goto its tag.</param>
internal sealed class PlateSolve(Telescope telescope, Activity? parent, WireObject page)
{
    private const int StarNumber = 1473;

    private readonly Activity _activity = new("PlateSolve", parent, telescope.Agenda, telescope.Events);

    /// <summary>Solves.</summary>
    /// <param name="seconds">How long it takes.</param>
    /// <param name="imageId">The exposure counter of the picture.</param>
    /// <param name="cancellationToken">Stops it; nothing is told then but by <see cref="Abort"/>.</param>
    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> RunAsync(double seconds, int imageId, CancellationToken cancellationToken)
    {
        _activity.Tell();
        TellStep(new WireObject { ["state"] = "start" });
        await telescope.DelayAsync(seconds * 0.64, cancellationToken);
        TellStep(new WireObject { ["state"] = "solving", ["star_number"] = StarNumber });
        await telescope.DelayAsync(seconds * 0.36, cancellationToken);
        if (telescope.Options.SolvesFail)
        {
            Fail(ErrorCodes.SolveFailed);
            return false;
        }

        var result = Result(seconds, imageId);
        telescope.Findings.Solve = result;
        TellStep(new WireObject { ["state"] = "complete", ["result"] = result });
        _activity.Fields["result"] = result;
        _activity.End("complete");
        return true;
    }

    /// <summary>Tells that it was broken off, if it was.</summary>
    public void Abort()
    {
        if (_activity.State == "working")
        {
            Fail(ErrorCodes.Aborted);
        }
    }

    private void Fail(int code)
    {
        TellStep(new WireObject
        {
            ["error"] = ErrorCodes.Text(code),
            ["code"] = code,
            ["state"] = "fail",
            ["result"] = new WireObject { ["star_number"] = StarNumber, ["duration_ms"] = _activity.LapseMilliseconds },
        });
        _activity.Fail(code);
    }

    private WireObject Result(double seconds, int imageId)
    {
        var (size, scale) = (telescope.Source.Size, telescope.Facts.ArcsecondsPerPixel / 3600);
        var pointing = telescope.Mount.Pointing;
        return new WireObject
        {
            ["ra_dec"] = new[] { pointing.RightAscensionHours, pointing.DeclinationDegrees },
            ["fov"] = new[] { size.Width * scale, size.Height * scale },
            ["focal_len"] = telescope.Facts.FocalLength,
            ["angle"] = 0.0,
            ["image_id"] = imageId,
            ["star_number"] = StarNumber,
            ["duration_ms"] = (long)(seconds * 1000),
        };
    }

    private void TellStep(WireObject more) => telescope.Events.Emit("PlateSolve", page.Copy().With(more));
}
