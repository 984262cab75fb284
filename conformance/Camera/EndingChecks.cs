using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Zero and dark exposures, and exposures that end before their time: what ConformU leaves out (alpaca-camera.md §8 G, last paragraph).</summary>
internal static class EndingChecks
{
    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("exposure.zero", "§3.3", "a zero dark exposure gives an image, or is refused with 0x401", ZeroAsync),
        new("exposure.dark", "§3.3", "a dark exposure gives an image", DarkAsync),
        new("exposure.abort", "§3.3, §7.6", "AbortExposure during an exposure: idle, and no image",
            AbortAsync) { LeftOut = run => run.Facts.CanAbort ? null : "The camera cannot abort." },
        new("exposure.stop", "§3.3", "StopExposure during an exposure: an image, and the time it really took",
            StopAsync) { LeftOut = run => run.Facts.CanStop ? null : "The camera cannot stop." },
        new("exposure.busy", "§3.3", "a second StartExposure during an exposure is refused with 0x40B", BusyAsync),
    ];

    private static async Task ZeroAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var failed = new List<Answer>();
        var start = await run.StartAsync(run.Client, run.Facts.FullFrame((1, 1)), TimeSpan.Zero, false, failed, cancellationToken);
        if (!start.Succeeded)
        {
            run.Refuses(start, "zero is allowed for dark frames only, or not at all", AscomError.InvalidValue);
            run.Judge.Require(run.Facts.ExposureMin > 0, "ExposureMin is above zero.", "ExposureMin is 0, yet a zero exposure is refused.");
            return;
        }

        var ready = await run.UntilAsync(async () => await run.ReadyAsync(cancellationToken) != false, run.Settings.Wait, cancellationToken);
        run.Judge.Require(
            ready && await run.ReadyAsync(cancellationToken) == true, "It becomes ready.", "A zero exposure was accepted, but never became ready.");
        await run.UntilIdleAsync(cancellationToken);
    }

    private static async Task DarkAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var dark = await run.ExposeAsync(run.Facts.FullFrame((1, 1)), ImageChecks.Short(run), cancellationToken, light: false);
        run.Judge.Require(dark.Ready, "It becomes ready.", $"A dark exposure must become ready: {dark.GivenUp}.");
    }

    private static async Task AbortAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (!await StartAsync(run, cancellationToken))
        {
            return;
        }

        var answer = await run.PutAsync("abortexposure", cancellationToken);
        run.Judge.Require(answer.Succeeded, "AbortExposure succeeds.", $"AbortExposure must succeed during an exposure: {answer.Told}.");
        run.Judge.Require(
            await run.UntilIdleAsync(cancellationToken), "The camera becomes idle.", "The camera does not become idle after AbortExposure.");
        run.Judge.Require(await run.ReadyAsync(cancellationToken) == false, "ImageReady is false.", "ImageReady must be false after AbortExposure.");
        await StartsAgainAsync(run, cancellationToken);
    }

    private static async Task StopAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var began = run.Time.GetTimestamp();
        if (!await StartAsync(run, cancellationToken))
        {
            return;
        }

        var answer = await run.PutAsync("stopexposure", cancellationToken);
        var elapsed = run.Time.GetElapsedTime(began);
        run.Judge.Require(answer.Succeeded, "StopExposure succeeds.", $"StopExposure must succeed during an exposure: {answer.Told}.");
        var ready = await run.UntilAsync(async () => await run.ReadyAsync(cancellationToken) != false, run.Settings.Wait, cancellationToken);
        run.Judge.Require(
            ready && await run.ReadyAsync(cancellationToken) == true, "There is an image.", "After StopExposure an image must become ready.");
        var last = await run.GetAsync("lastexposureduration", cancellationToken);
        run.Judge.Require(
            last.NotImplemented || (last.Succeeded && last.Number <= elapsed.TotalSeconds * 1.02),
            "LastExposureDuration is the time until StopExposure.",
            $"LastExposureDuration must be the time until StopExposure, at most {elapsed.TotalSeconds:0.000} s: {(last.Succeeded ? last.Number : last.Told)}.");
        await StartsAgainAsync(run, cancellationToken);
    }

    private static async Task BusyAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (await StartAsync(run, cancellationToken))
        {
            run.Refuses(
                await run.PutAsync("startexposure", cancellationToken, ("Duration", 1), ("Light", true)),
                "an exposure is under way",
                AscomError.InvalidOperation);
            await run.EndExposureAsync(cancellationToken);
        }
    }

    /// <summary>An exposure long enough that it is still under way when something is done to it.</summary>
    private static async Task<bool> StartAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var failed = new List<Answer>();
        var duration = TimeSpan.FromSeconds(Math.Clamp(60, run.Facts.ExposureMin, run.Facts.ExposureMax));
        var start = await run.StartAsync(run.Client, run.Facts.FullFrame((1, 1)), duration, true, failed, cancellationToken);
        run.Judge.Require(
            start.Succeeded,
            $"An exposure of {duration.TotalSeconds} s starts.",
            $"An exposure of {duration.TotalSeconds} s must start: {start.Told}.");
        return start.Succeeded
            && await run.UntilAsync(async () => await run.StateAsync(cancellationToken) == CameraState.Exposing, run.Settings.Wait, cancellationToken);
    }

    private static async Task StartsAgainAsync(CameraRun run, CancellationToken cancellationToken)
    {
        await run.UntilIdleAsync(cancellationToken);
        var exposure = await run.ExposeAsync(run.Facts.FullFrame((1, 1)), ImageChecks.Short(run), cancellationToken);
        run.Judge.Require(exposure.Ready, "The next exposure becomes ready.", $"The next exposure must become ready: {exposure.GivenUp}.");
    }
}
