using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Bins and subframes as properties (alpaca-camera.md §8 F1 to F4, F14 and F18).</summary>
internal static class BinningChecks
{
    private const int ManyBins = 16;

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("binning.max", "§8 F1", "MaxBinX and MaxBinY", MaxAsync) { Essential = true },
        new("binning.range", "§8 F3", "bin 0 and one above the greatest are refused", RangeAsync),
        new("binning.set", "§8 F4", "every bin can be set and is read back", SetAsync),
        new("frame.num", "§8 F14", "NumX and NumY take half the size", (run, token) => HalfAsync(run, "numx", "numy", 1, token)),
        new("frame.start", "§8 F18", "StartX and StartY take half the size", (run, token) => HalfAsync(run, "startx", "starty", 0, token)),
        new("frame.nocheck", "§3.2", "NumX and StartX are not checked when they are set", NotCheckedAsync),
    ];

    private static async Task MaxAsync(CameraRun run, CancellationToken cancellationToken)
    {
        run.Facts.MaxBinX = (int)(await run.NumberAsync("maxbinx", 1, short.MaxValue, cancellationToken) ?? 1);
        run.Facts.MaxBinY = (int)(await run.NumberAsync("maxbiny", 1, short.MaxValue, cancellationToken) ?? 1);
        if (Math.Max(run.Facts.MaxBinX, run.Facts.MaxBinY) > ManyBins)
        {
            run.Judge.Information($"The greatest bin is {Math.Max(run.Facts.MaxBinX, run.Facts.MaxBinY)}.");
        }

        run.Judge.Require(
            run.Facts.CanAsymmetricBin || run.Facts.MaxBinX == run.Facts.MaxBinY,
            "MaxBinX and MaxBinY go together.",
            "MaxBinX and MaxBinY differ although CanAsymmetricBin is false.");
    }

    private static async Task RangeAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var (member, max) in ((string Member, int Value)[])[("binx", run.Facts.MaxBinX), ("biny", run.Facts.MaxBinY)])
        {
            foreach (var value in (int[])[0, max + 1])
            {
                run.Refuses(await run.WriteAsync(member, value, cancellationToken), $"bins are 1 to {max}");
            }
        }
    }

    private static async Task SetAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var (x, y) in run.Facts.Bins.Append((1, 1)))
        {
            await SetAsync(run, "binx", x, cancellationToken);
            await SetAsync(run, "biny", y, cancellationToken);
            foreach (var (member, value) in ((string Member, int Value)[])[("binx", x), ("biny", y)])
            {
                var read = await run.GetAsync(member, cancellationToken);
                run.Judge.Require(
                    read.Succeeded && read.Integer == value,
                    $"{member} {value} is read back.",
                    $"{member} was set to {value}, but is {(read.Succeeded ? read.Integer : read.Told)}.");
            }
        }
    }

    private static async Task SetAsync(CameraRun run, string member, int value, CancellationToken cancellationToken)
    {
        var answer = await run.WriteAsync(member, value, cancellationToken);
        if (answer.ErrorNumber == AscomError.InvalidValue)
        {
            run.Judge.Information($"{answer.Call}: this bin is left out: {answer.Told}.");
        }
        else
        {
            run.Judge.Require(answer.Succeeded, $"{answer.Call} succeeds.", $"{answer.Call} must succeed: {answer.Told}.");
        }
    }

    private static async Task HalfAsync(CameraRun run, string x, string y, int min, CancellationToken cancellationToken)
    {
        foreach (var (member, size) in ((string Member, int Value)[])[(x, run.Facts.Width), (y, run.Facts.Height)])
        {
            await run.NumberAsync(member, min, size - 1 + min, cancellationToken);
            await run.WritesAsync(member, size / 2, cancellationToken);
        }
    }

    private static async Task NotCheckedAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var (member, value) in ((string Member, int Value)[])[("numx", run.Facts.Width + 1), ("numy", run.Facts.Height + 1), ("startx", run.Facts.Width + 1), ("starty", run.Facts.Height + 1)])
        {
            await run.WritesAsync(member, value, cancellationToken);
        }

        foreach (var (member, value) in run.Facts.FullFrame((1, 1)).Settings)
        {
            await run.WritesAsync(member, value, cancellationToken);
        }
    }
}
