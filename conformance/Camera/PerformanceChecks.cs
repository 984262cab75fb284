using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>How many reads a second (alpaca-camera.md §8 H); never an issue.</summary>
internal static class PerformanceChecks
{
    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        Rate("devicestate", run => run.Facts.InterfaceVersion >= 4),
        Rate("camerastate", _ => true),
        Rate("ccdtemperature", _ => true),
        Rate("coolerpower", run => run.Facts.CanGetCoolerPower),
        Rate("heatsinktemperature", run => run.Facts.CanSetTemperature),
        Rate("imageready", _ => true),
        Rate("ispulseguiding", run => run.Facts.CanPulseGuide),
        new("performance.image", "§8 H", "downloads of the full frame a second", ImagesAsync) { LeftOut = run => WhyNot(run, has: true) },
    ];

    private static Check<CameraRun> Rate(string member, Func<CameraRun, bool> has) =>
        new($"performance.{member}", "§8 H", $"reads of {member} a second", (run, token) => RateAsync(run, member, async () => await run.GetAsync(member, token)))
        {
            LeftOut = run => WhyNot(run, has(run)),
        };

    private static string? WhyNot(CameraRun run, bool has) =>
        run.Settings.Performance is null ? "Only with --performance." : has ? null : "The camera has no such member.";

    private static async Task ImagesAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (await ImageChecks.TakeAsync(run, run.Facts.FullFrame((1, 1)), cancellationToken) is not null)
        {
            await RateAsync(run, "imagearray", () => run.DownloadAsync("imagearray", Exposing.LibraryAccept, cancellationToken));
        }
    }

    private static async Task RateAsync(CameraRun run, string member, Func<Task> read)
    {
        var began = run.Time.GetTimestamp();
        var count = 0;
        TimeSpan elapsed;
        do
        {
            await read();
            count++;
            elapsed = run.Time.GetElapsedTime(began);
        }
        while (elapsed < run.Settings.Performance);

        run.Judge.Ok($"{member}: {count / elapsed.TotalSeconds:0.0} a second.");
    }
}
