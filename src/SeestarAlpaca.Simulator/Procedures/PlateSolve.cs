using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Finds out from the stars where the telescope looks.</summary>
internal static class PlateSolve
{
    private const int StarNumber = 1473;

    /// <summary>Solves, telling start, solving and complete.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="page">preview or stack.</param>
    /// <param name="seconds">How long it takes.</param>
    /// <param name="imageId">The exposure counter of the picture.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(Telescope telescope, string page, double seconds, int imageId, CancellationToken cancellationToken)
    {
        Tell(telescope, page, "start", []);
        await telescope.DelayAsync(seconds * 0.64, cancellationToken);
        Tell(telescope, page, "solving", new WireObject { ["star_number"] = StarNumber });
        await telescope.DelayAsync(seconds * 0.36, cancellationToken);
        Tell(telescope, page, "complete", new WireObject { ["result"] = Result(telescope, seconds, imageId) });
    }

    private static WireObject Result(Telescope telescope, double seconds, int imageId)
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

    private static void Tell(Telescope telescope, string page, string state, WireObject more) =>
        telescope.Events.Emit("PlateSolve", new WireObject { ["page"] = page, ["state"] = state }.With(more));
}
