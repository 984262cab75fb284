using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Methods of an idle camera (alpaca-camera.md §8 G.1 to G.3 and F12).</summary>
internal static class MethodChecks
{
    private static readonly string[] Directions = ["north", "south", "east", "west"];

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("method.abort", "§8 G.1, §11.11", "AbortExposure of an idle camera",
            (run, token) => EndAsync(run, "abortexposure", run.Facts.CanAbort, token)),
        new("guide.idle", "§8 F12", "IsPulseGuiding is false", GuidingAsync),
        new("guide.pulse", "§8 G.2", "PulseGuide in all directions, or refused", PulseAsync),
        new("method.stop", "§8 G.3, §11.11", "StopExposure of an idle camera",
            (run, token) => EndAsync(run, "stopexposure", run.Facts.CanStop, token)),
    ];

    private static async Task EndAsync(CameraRun run, string member, bool can, CancellationToken cancellationToken)
    {
        run.Judge.Require(
            await run.StateAsync(cancellationToken) == CameraState.Idle,
            "The camera is idle.",
            "CameraState is not idle, although nothing was started.");
        var answer = await run.PutAsync(member, cancellationToken);
        if (!can)
        {
            run.Refuses(answer, "the camera says that it cannot", AscomError.NotImplemented);
            return;
        }

        run.Judge.Require(answer.Succeeded, $"{member} succeeds when idle.", $"{member} must succeed when idle: {answer.Told}.");
        run.Judge.Require(
            await run.ReadyAsync(cancellationToken) == false,
            "ImageReady stays false.",
            $"ImageReady must be false after {member} without an exposure.");
        run.Judge.Require(await run.UntilIdleAsync(cancellationToken), "The camera stays idle.", $"The camera is not idle after {member}.");
    }

    private static async Task GuidingAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (!run.Facts.CanPulseGuide)
        {
            run.Refuses(await run.GetAsync("ispulseguiding", cancellationToken), "CanPulseGuide is false", AscomError.NotImplemented);
        }
        else if (await run.FlagAsync("ispulseguiding", cancellationToken) == true)
        {
            run.Judge.Issue("IsPulseGuiding is true although nothing was started.");
        }
    }

    private static async Task PulseAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (!run.Facts.CanPulseGuide)
        {
            run.Refuses(await PulseAsync(run, 0, 0, cancellationToken), "CanPulseGuide is false", AscomError.NotImplemented);
            return;
        }

        for (var direction = 0; direction < Directions.Length; direction++)
        {
            var answer = await PulseAsync(run, direction, (int)run.Settings.GuidePulse.TotalMilliseconds, cancellationToken);
            run.Judge.Require(
                answer.Succeeded, $"A pulse {Directions[direction]} starts.", $"A pulse {Directions[direction]} must start: {answer.Told}.");
            var blocked = answer.Reply.Elapsed >= run.Settings.GuidePulse;
            if (run.Facts.InterfaceVersion >= 4)
            {
                var guiding = await run.GetAsync("ispulseguiding", cancellationToken);
                run.Judge.Require(
                    guiding.Succeeded && guiding.Boolean && !blocked,
                    "It guides meanwhile.",
                    "PulseGuide must return at once, with IsPulseGuiding true.");
            }

            var ended = await run.UntilAsync(
                async () => await run.GetAsync("ispulseguiding", cancellationToken) is { Succeeded: true, Boolean: false }, run.Settings.GuidePulse + TimeSpan.FromSeconds(1), cancellationToken);
            run.Judge.Require(
                ended,
                "It ends.",
                $"IsPulseGuiding must be false {run.Settings.GuidePulse.TotalSeconds + 1} s after a pulse of {run.Settings.GuidePulse.TotalSeconds} s.");
        }

        run.Refuses(await PulseAsync(run, Directions.Length, 1, cancellationToken), "there are four directions", AscomError.InvalidValue);
    }

    private static Task<Answer> PulseAsync(CameraRun run, int direction, int milliseconds, CancellationToken cancellationToken) =>
        run.PutAsync("pulseguide", cancellationToken, ("Direction", direction), ("Duration", milliseconds));
}
