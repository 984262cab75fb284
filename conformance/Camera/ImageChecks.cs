using SeestarAlpaca.Conformance.ImageBytes;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>The image itself: its forms, its life and its orientation (alpaca-camera.md §4, §7.4 and §11.28).</summary>
internal static class ImageChecks
{
    private const string AlpycaAccept = "application/imagebytes";
    private const string LastAccept = "application/json, application/imagebytes";

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("image.forms", "§4.2 to §4.4", "ImageBytes by every Accept header, and JSON, are equal pixel for pixel", FormsAsync),
        new("image.stays", "§7.4, §11.28", "the image stays as it was taken when bin and subframe change, and reading does not consume it",
            StaysAsync),
        new("image.gone", "§7.2, §7.6", "a new exposure and an abort drop the image", GoneAsync),
        new("image.subframe", "§3.3", "subframes are cut where they were asked for", SubframeAsync),
        new("image.letterf", "§4.1, §11.9", "an upright letter F, neither mirrored nor turned", LetterFAsync)
        {
            LeftOut = run => run.Settings.ExpectLetterF ? null : "The camera was not said to show a letter F (--expect-letter-f).",
        },
    ];

    /// <summary>A short exposure that must become ready.</summary>
    public static async Task<Picture?> TakeAsync(CameraRun run, Frame frame, CancellationToken cancellationToken)
    {
        var exposure = await run.ExposeAsync(frame, Short(run), cancellationToken);
        var image = exposure.Ready ? await run.DownloadAsync("imagearray", Exposing.LibraryAccept, cancellationToken) : null;
        if (image?.Picture is { } picture && (picture.Width, picture.Height) == (frame.NumX, frame.NumY))
        {
            return picture;
        }

        run.Judge.Issue($"{frame}: there is no such image: {exposure.GivenUp ?? image?.Told}.");
        return null;
    }

    /// <summary>The short duration, or the shortest that the camera has.</summary>
    public static TimeSpan Short(CameraRun run) =>
        TimeSpan.FromSeconds(Math.Clamp(run.Settings.ShortExposure.TotalSeconds, run.Facts.ExposureMin, run.Facts.ExposureMax));

    private static async Task FormsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (await TakeAsync(run, run.Facts.FullFrame((1, 1)), cancellationToken) is not { } first)
        {
            return;
        }

        foreach (var (accept, bytes) in ((string, bool)[])[(AlpycaAccept, true), (LastAccept, true), ("application/json", false), ("*/*", false)])
        {
            var image = await run.DownloadAsync("imagearray", accept, cancellationToken);
            var difference = image.Picture is { } picture ? first.DifferenceTo(picture) : image.Told;
            run.Judge.Require(difference is null, $"Accept {accept}: the same image.", $"Accept {accept}: not the same image: {difference}.");
            if (image.Reply.IsImageBytes != bytes && accept != "*/*")
            {
                run.Judge.Issue($"Accept {accept} is answered with {image.Reply.MediaType}.");
            }
        }
    }

    private static async Task StaysAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var frame = run.Facts.FullFrame((1, 1));
        if (await TakeAsync(run, frame, cancellationToken) is not { } before)
        {
            return;
        }

        await run.WritesAsync("numx", Math.Max(1, frame.NumX / 2), cancellationToken);
        await run.WritesAsync("starty", frame.NumY / 2, cancellationToken);
        var after = await run.DownloadAsync("imagearray", Exposing.LibraryAccept, cancellationToken);
        var difference = after.Picture is { } picture ? before.DifferenceTo(picture) : after.Told;
        run.Judge.Require(
            difference is null, "The image is that of the exposure.", $"After NumX and StartY were changed the image is another one: {difference}.");
        run.Judge.Require(
            await run.ReadyAsync(cancellationToken) == true, "ImageReady stays true.", "ImageReady must stay true after the image was read.");
    }

    private static async Task GoneAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (!run.Facts.CanAbort || await TakeAsync(run, Corner(run), cancellationToken) is null)
        {
            return;
        }

        var start = await run.PutAsync("startexposure", cancellationToken, ("Duration", run.Settings.Exposure.TotalSeconds), ("Light", true));
        run.Judge.Require(start.Succeeded, "A second exposure starts.", $"A second exposure must start: {start.Told}.");
        await RefusedAsync(run, "during the next exposure", cancellationToken);
        var abort = await run.PutAsync("abortexposure", cancellationToken);
        run.Judge.Require(abort.Succeeded, "It is aborted.", $"AbortExposure must succeed: {abort.Told}.");
        await run.UntilIdleAsync(cancellationToken);
        await RefusedAsync(run, "after an abort", cancellationToken);
    }

    private static async Task RefusedAsync(CameraRun run, string when, CancellationToken cancellationToken)
    {
        var image = await run.DownloadAsync("imagearray", Exposing.LibraryAccept, cancellationToken);
        run.Judge.Require(image.Error is not (null or 0), $"ImageArray is refused {when}.", $"ImageArray must be refused {when}: {image.Told}.");
        run.Judge.Require(await run.ReadyAsync(cancellationToken) == false, $"ImageReady is false {when}.", $"ImageReady must be false {when}.");
    }

    private static async Task SubframeAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var (width, height) = (run.Facts.Width, run.Facts.Height);
        Frame[] frames =
        [
            new(1, 1, width / 4, height / 3, Math.Max(1, width / 2), Math.Max(1, height / 5)), new(1, 1, width - 1, height - 1, 1, 1), Corner(run),
        ];
        if (await TakeAsync(run, run.Facts.FullFrame((1, 1)), cancellationToken) is not { } full)
        {
            return;
        }

        var same = 0;
        foreach (var frame in frames)
        {
            if (await TakeAsync(run, frame, cancellationToken) is { } cut)
            {
                same += IsCutOf(full, cut, frame) ? 1 : 0;
                run.Judge.Ok($"{frame}: exposed.");
            }
        }

        // Pixels of two exposures may differ, since the sky changes; a picture that stands still must not.
        run.Judge.Require(
            same == frames.Length || !run.Settings.ExpectLetterF,
            $"{same} of {frames.Length} were exactly cuts of the full frame.",
            $"Only {same} of {frames.Length} subframes show what the full frame shows there.");
    }

    private static Frame Corner(CameraRun run) => new(1, 1, 0, 0, Math.Max(1, run.Facts.Width / 8), Math.Max(1, run.Facts.Height / 16));

    private static bool IsCutOf(Picture full, Picture cut, Frame frame) =>
        Enumerable.Range(0, cut.Width).All(x => Enumerable.Range(0, cut.Height).All(y => cut[x, y] == full[frame.StartX + x, frame.StartY + y]));

    private static async Task LetterFAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var accept in (string[])[AlpycaAccept, "application/json"])
        {
            if (await TakeAsync(run, run.Facts.FullFrame((1, 1)), cancellationToken) is not null
                && await run.DownloadAsync("imagearray", accept, cancellationToken) is { Picture: { } picture })
            {
                var seen = LetterF.Describe(picture);
                run.Judge.Require(
                    seen == "upright", $"{accept}: the letter is upright.", $"{accept}: the picture is {seen}; it must show an upright letter F.");
            }
        }
    }
}
