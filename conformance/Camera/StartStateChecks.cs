using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>What a camera is like straight after connecting (alpaca-camera.md §7.1 and §8 E), the first time and again after it was used.</summary>
internal static class StartStateChecks
{
    public static IReadOnlyList<Check<CameraRun>> First { get; } =
    [
        new("start.lastexposure", "§8 E", "no exposure is remembered from before connecting", NothingRememberedAsync),
        new("start.frame", "§7.1", "bin 1, full frame, readout mode 0, idle", FrameAsync),
        new("start.image", "§8 F10, F11", "no image is ready, and none is given", NoImageAsync),
    ];

    public static Check<CameraRun> AfterUse { get; } = new(
        "start.again", "§7.1", "connecting again after use gives the same start", AgainAsync);

    private static async Task NothingRememberedAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var member in Members.LastExposure)
        {
            run.Refuses(await run.GetAsync(member.Name, cancellationToken), "there was no exposure since connecting");
        }
    }

    private static async Task FrameAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var (width, height) = (await run.GetAsync("cameraxsize", cancellationToken), await run.GetAsync("cameraysize", cancellationToken));
        var expected = new List<(string Member, int Value)> { ("binx", 1), ("biny", 1), ("startx", 0), ("starty", 0), ("readoutmode", 0), ("camerastate", CameraState.Idle) };
        expected.AddRange(width.Succeeded && height.Succeeded ? [("numx", width.Integer), ("numy", height.Integer)] : []);
        foreach (var (member, value) in expected)
        {
            var answer = await run.GetAsync(member, cancellationToken);
            if (run.HasValue(answer, optional: false))
            {
                run.Judge.Require(
                    answer.Integer == value, $"{member} is {value}.", $"{member} is {answer.Integer} after connecting; it must be {value}.");
            }
        }
    }

    private static async Task NoImageAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var ready = await run.GetAsync("imageready", cancellationToken);
        if (run.HasValue(ready, optional: false))
        {
            run.Judge.Require(!ready.Boolean, "ImageReady is false.", "ImageReady is true although there was no exposure.");
        }

        foreach (var member in (string[])["imagearray", "imagearrayvariant"])
        {
            var image = await run.DownloadAsync(member, Exposing.LibraryAccept, cancellationToken);
            run.Judge.Require(
                image.Error is not (null or 0), $"{member} is refused: {image.Told}.", $"{member} must be refused with an ASCOM error while there is no image: {image.Told}.");
        }
    }

    private static async Task AgainAsync(CameraRun run, CancellationToken cancellationToken)
    {
        await ImageChecks.TakeAsync(run, run.Facts.FullFrame(run.Facts.Bins.Last()), cancellationToken);
        await run.WritesAsync("readoutmode", run.Facts.ReadoutModes - 1, cancellationToken);
        var failure = await ConnectionChecks.DisconnectAsync(run, run.Client, cancellationToken) ?? await ConnectionChecks.ConnectAsync(run, run.Client, cancellationToken);
        if (failure is not null)
        {
            throw new RunEndedException(failure);
        }

        await NothingRememberedAsync(run, cancellationToken);
        await FrameAsync(run, cancellationToken);
        await NoImageAsync(run, cancellationToken);
    }
}
