using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Exposures that StartExposure must refuse (alpaca-camera.md §8 G.5 and §3.3).</summary>
internal static class StartErrorChecks
{
    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("refuse.duration", "§8 G.5", "a duration below zero is refused", (run, token) => DurationAsync(run, -1, token)),
        new("refuse.toolong", "§3.3", "a duration above ExposureMax is refused",
            (run, token) => DurationAsync(run, Math.Floor(run.Facts.ExposureMax) + 1, token)),
        new("refuse.frame", "§8 G.5, §11.5", "subframes outside the sensor are set, and refused by StartExposure", FramesAsync),
        new("refuse.corner", "§3.3", "a subframe that only its start puts outside is refused", CornerAsync),
        new("refuse.asymmetric", "§3.2", "BinX carries BinY along, or asymmetric bins are refused", AsymmetricAsync)
        {
            LeftOut = run => run.Facts.CanAsymmetricBin || run.Facts.MaxBinX < 2 ? "Every pair of bins is allowed." : null,
        },
    ];

    private static async Task DurationAsync(CameraRun run, double seconds, CancellationToken cancellationToken)
    {
        foreach (var (member, value) in run.Facts.FullFrame((1, 1)).Settings)
        {
            await run.WritesAsync(member, value, cancellationToken);
        }

        await RefusedAsync(run, await run.PutAsync("startexposure", cancellationToken, ("Duration", seconds), ("Light", true)), "the duration is out of range", cancellationToken);
    }

    private static async Task FramesAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var bin in run.Facts.Bins)
        {
            var full = run.Facts.FullFrame(bin);
            var (x, y) = ((int)Math.Round((double)run.Facts.Width / bin.X) + 1, (int)Math.Round((double)run.Facts.Height / bin.Y) + 1);
            foreach (var frame in (Frame[])[full with { NumX = x }, full with { NumY = y }, full with { StartX = x }, full with { StartY = y }])
            {
                await FrameAsync(run, frame, cancellationToken);
            }
        }
    }

    private static async Task CornerAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var full = run.Facts.FullFrame((1, 1));
        foreach (var frame in (Frame[])[full with { StartX = 1 }, full with { StartY = 1 }, full with { NumX = 0 }, full with { NumY = 0 }, full with { StartX = -1 }])
        {
            await FrameAsync(run, frame, cancellationToken);
        }
    }

    private static async Task FrameAsync(CameraRun run, Frame frame, CancellationToken cancellationToken)
    {
        var failed = new List<Answer>();
        var answer = await run.StartAsync(run.Client, frame, run.Settings.ShortExposure, true, failed, cancellationToken);
        foreach (var write in failed)
        {
            run.Judge.Issue($"{write.Call} must succeed, since the range is StartExposure's to check: {write.Told}.");
        }

        await RefusedAsync(run, answer, $"{frame} does not fit the sensor of {run.Facts.Width} × {run.Facts.Height}", cancellationToken);
    }

    private static async Task AsymmetricAsync(CameraRun run, CancellationToken cancellationToken)
    {
        await run.WritesAsync("biny", 1, cancellationToken);
        await run.WritesAsync("binx", 2, cancellationToken);
        await run.NumberAsync("biny", 2, 2, cancellationToken);
        await run.WritesAsync("biny", 1, cancellationToken);
        await run.NumberAsync("binx", 1, 1, cancellationToken);
    }

    private static async Task RefusedAsync(CameraRun run, Answer answer, string why, CancellationToken cancellationToken)
    {
        run.Refuses(answer, why);
        if (answer.Refused && answer.ErrorNumber != AscomError.InvalidValue)
        {
            run.Judge.Information($"{answer.Call} is refused with 0x{answer.ErrorNumber:X3}; ASCOM's text says 0x401.");
        }
        else if (answer.Succeeded)
        {
            await run.EndExposureAsync(cancellationToken);
        }
    }
}
