using System.Globalization;
using System.Text.RegularExpressions;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>
/// One full-frame exposure for every bin (alpaca-camera.md §8 G.4). The first check takes them; the others judge what was seen, one rule each.
/// </summary>
internal static partial class ExposureChecks
{
    private const string TakeId = "exposure.take";
    private const double DurationTolerance = 0.02;
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ImageLimit = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new(TakeId, "§8 G.4", "an exposure with every bin is accepted and becomes ready", TakeAsync),
        Rule("exposure.start", "§8 G.4.3, §7.2", "StartExposure returns within a second", StartProblem),
        Rule("exposure.exposing", "§8 G.4.5, §7.2", "the camera leaves idle before StartExposure returns, and shows exposing", ExposingProblem),
        Rule("exposure.early", "§8 G.4.4, §11.12", "ImageReady is false until the image is there", EarlyProblem),
        Rule("exposure.progress", "§8 G.4.6", "PercentCompleted stays within 0 to 100",
            exposure => exposure.WrongPercents is [var percent, ..] ? $"PercentCompleted was {percent}" : null),
        Rule("exposure.idle", "§8 G.4.9, §7.3", "the camera is idle before and after", IdleProblem),
        Rule("exposure.duration", "§8 G.4.8, §11.14", "LastExposureDuration within 2 % of what was asked for", DurationProblem),
        Rule("exposure.starttime", "§8 G.4.8, §11.13", "LastExposureStartTime: UTC without zone letter, and true", StartTimeProblem),
        Rule("image.array", "§8 G.4.10, §11.9, §11.24", "ImageArray has exactly NumX × NumY pixels",
            (exposure, run) => ShapeProblem(exposure, exposure.Array, run)),
        Rule("image.variant", "§8 G.4.11, §11.7", "ImageArrayVariant has the same",
            (exposure, run) => ShapeProblem(exposure, exposure.Variant, run) ?? exposure.Variant?.DifferenceToArray),
        Rule("image.time", "§10", "images arrive within 10 s",
            exposure => exposure.Array?.Elapsed > ImageLimit || exposure.Variant?.Elapsed > ImageLimit ? "an image took more than 10 s" : null),
    ];

    private static Check<CameraRun> Rule(string id, string source, string title, Func<ExposureRecord, string?> problem) =>
        Rule(id, source, title, (exposure, _) => problem(exposure));

    private static Check<CameraRun> Rule(string id, string source, string title, Func<ExposureRecord, CameraRun, string?> problem) =>
        Check<CameraRun>.Of(id, source, title, run =>
        {
            foreach (var exposure in run.Exposures.Where(exposure => exposure.Start is { Succeeded: true }))
            {
                var wrong = problem(exposure, run);
                run.Judge.Require(wrong is null, $"{exposure.Frame}: right.", $"{exposure.Frame}: {wrong}.");
            }
        }) with
        {
            Needs = TakeId,
        };

    private static async Task TakeAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var bin in run.Facts.Bins)
        {
            var exposure = await run.ExposeAsync(run.Facts.FullFrame(bin), run.Settings.Exposure, cancellationToken);
            run.Exposures.Add(exposure);
            foreach (var write in exposure.FailedWrites)
            {
                run.Judge.Issue($"{exposure.Frame}: {write.Call} must succeed: {write.Told}.");
            }

            if (exposure.Ready)
            {
                await run.FetchAsync(exposure, cancellationToken);
            }

            run.Judge.Require(exposure.GivenUp is null, $"{exposure.Frame}: exposed.", $"{exposure.Frame}: {exposure.GivenUp}.");
            await run.EndExposureAsync(cancellationToken);
        }
    }

    /// <summary>Stops and aborts, whatever comes of it.</summary>
    internal static async Task EndExposureAsync(this CameraRun run, CancellationToken cancellationToken)
    {
        await run.Client.PutAsync("stopexposure", cancellationToken);
        await run.Client.PutAsync("abortexposure", cancellationToken);
        await run.UntilIdleAsync(cancellationToken);
    }

    private static string? StartProblem(ExposureRecord exposure, CameraRun run) =>
        exposure.Start!.Reply.Elapsed > TimeSpan.FromSeconds(1) || (run.Facts.InterfaceVersion >= 4 && exposure.Start.Reply.Elapsed >= exposure.Duration)
            ? $"StartExposure took {exposure.Start.Reply.Elapsed.TotalSeconds:0.000} s; it must return at once"
            : null;

    private static string? ExposingProblem(ExposureRecord exposure) =>
        exposure.AfterStart.State == CameraState.Idle ? "CameraState is idle straight after StartExposure; it must be waiting or exposing"
        : exposure.SeenExposing is null ? "CameraState was never seen exposing"
        : null;

    private static string? EarlyProblem(ExposureRecord exposure, CameraRun run) =>
        exposure.AfterStart is { Ready: true, State: CameraState.Idle } && run.Facts.InterfaceVersion < 4 && exposure.Start!.Reply.Elapsed >= exposure.Duration ? null
        : exposure.AfterStart.Ready == true ? "ImageReady is true straight after StartExposure"
        : exposure.ReadyWhileExposing == true ? "ImageReady is true while exposing"
        : null;

    private static string? IdleProblem(ExposureRecord exposure) =>
        exposure.StateBefore != CameraState.Idle ? $"CameraState is {exposure.StateBefore} before the exposure"
        : exposure.Ready && exposure.StateAfter != CameraState.Idle ? $"CameraState is {exposure.StateAfter} after the exposure"
        : null;

    private static string? DurationProblem(ExposureRecord exposure)
    {
        if (exposure.LastDuration is not { } last || last.NotImplemented || !exposure.Ready)
        {
            return null;
        }

        var asked = exposure.Duration.TotalSeconds;
        return !last.Succeeded ? $"LastExposureDuration: {last.Told}"
            : Math.Abs(last.Number - asked) > DurationTolerance * asked ? $"LastExposureDuration is {last.Number} s for {asked} s"
            : null;
    }

    private static string? StartTimeProblem(ExposureRecord exposure) =>
        exposure.LastStart is not { } last || last.NotImplemented || !exposure.Ready ? null
        : !last.Succeeded ? $"LastExposureStartTime: {last.Told}"
        : TimeProblem(last.Text, exposure.SeenExposing);

    /// <summary>What is wrong with a start time.</summary>
    /// <param name="seen">When the exposure was seen under way; null when it was not.</param>
    internal static string? TimeProblem(string text, DateTimeOffset? seen)
    {
        if (!StartTimeForm().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began))
        {
            return $"LastExposureStartTime '{text}' must have the form yyyy-mm-ddThh:mm:ss.fff, without zone letter";
        }

        return seen is { } moment && (moment - began).Duration() > StartTolerance
            ? $"LastExposureStartTime '{text}' is more than 2 s away from {moment.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}, when exposing was seen"
            : null;
    }

    private static string? ShapeProblem(ExposureRecord exposure, ImageRecord? image, CameraRun run)
    {
        if (image is null)
        {
            return null;
        }

        if (image.Shape is not { } shape)
        {
            return $"there is no image: {image.Told}";
        }

        var frame = exposure.Frame;
        return (shape.Width, shape.Height) == (frame.NumY, frame.NumX) && frame.NumX != frame.NumY ? $"the image is {image.Told}: its dimensions are swapped"
            : (shape.Width, shape.Height) != (frame.NumX, frame.NumY) ? $"the image is {image.Told}"
            : shape.Rank != (run.Facts.SensorType == 1 ? 3 : 2) ? $"the image has rank {shape.Rank}, which does not go with SensorType {run.Facts.SensorType}"
            : null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StartTimeForm();
}
