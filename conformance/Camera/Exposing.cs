using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.ImageBytes;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Takes exposures as ConformU does (alpaca-camera.md §8 G.4).</summary>
internal static class Exposing
{
    /// <summary>What the ASCOM Library offers for an image: ImageBytes first, JSON after it.</summary>
    public const string LibraryAccept = "application/imagebytes, application/json";

    /// <summary>Sets bin and subframe and starts; judges nothing.</summary>
    public static async Task<Answer> StartAsync(
        this CameraRun run, AlpacaClient client, Frame frame, TimeSpan duration, bool light, List<Answer> failedWrites, CancellationToken cancellationToken)
    {
        foreach (var (member, value) in frame.Settings)
        {
            var written = await client.PutAsync(member, cancellationToken, (Members.ParameterOf(member), value));
            if (!written.Succeeded)
            {
                failedWrites.Add(written);
            }
        }

        return await client.PutAsync("startexposure", cancellationToken, ("Duration", duration.TotalSeconds), ("Light", light));
    }

    /// <summary>Sets, starts and waits until the image is ready.</summary>
    public static async Task<ExposureRecord> ExposeAsync(
        this CameraRun run, Frame frame, TimeSpan duration, CancellationToken cancellationToken, bool light = true)
    {
        var record = new ExposureRecord { Frame = frame, Duration = duration, StateBefore = await run.StateAsync(cancellationToken) };
        record.Start = await run.StartAsync(run.Client, frame, duration, light, record.FailedWrites, cancellationToken);
        if (!record.Start.Succeeded)
        {
            record.GivenUp = $"StartExposure: {record.Start.Told}";
            return record;
        }

        record.AfterStart = (await run.ReadyAsync(cancellationToken), await run.StateAsync(cancellationToken));
        if (record.AfterStart is { Ready: true, State: CameraState.Idle })
        {
            record.Ready = true;
        }
        else
        {
            await run.FollowAsync(record, cancellationToken);
        }

        (record.LastDuration, record.LastStart) = (await run.GetAsync("lastexposureduration", cancellationToken), await run.GetAsync("lastexposurestarttime", cancellationToken));
        record.StateAfter = await run.StateAsync(cancellationToken);
        return record;
    }

    /// <summary>Fetches ImageArray and ImageArrayVariant of an exposure that is ready.</summary>
    /// <returns>The image; null when there is none.</returns>
    public static async Task<Picture?> FetchAsync(this CameraRun run, ExposureRecord record, CancellationToken cancellationToken)
    {
        var array = await run.DownloadAsync("imagearray", LibraryAccept, cancellationToken);
        record.Array = Record(array, null);
        var variant = await run.DownloadAsync("imagearrayvariant", LibraryAccept, cancellationToken);
        record.Variant = Record(variant, array.Picture is null || variant.Picture is null ? null : array.Picture.DifferenceTo(variant.Picture));
        return array.Picture;
    }

    /// <summary>Fetches an image and tells the judge what is wrong with its form.</summary>
    public static async Task<Download> DownloadAsync(this CameraRun run, string member, string accept, CancellationToken cancellationToken)
    {
        var download = await run.Client.DownloadAsync(member, accept, run.Facts.Elements, cancellationToken);
        foreach (var problem in download.Problems)
        {
            run.Judge.Add($"{member} ({download.Reply.MediaType})", problem);
        }

        return download;
    }

    /// <summary>Waits until the camera is idle or has failed.</summary>
    public static Task<bool> UntilIdleAsync(this CameraRun run, CancellationToken cancellationToken) =>
        run.UntilAsync(async () => await run.StateAsync(cancellationToken) is CameraState.Idle or CameraState.Error, run.Settings.Wait, cancellationToken);

    /// <summary>The camera's state; null when it cannot be read.</summary>
    public static async Task<int?> StateAsync(this CameraRun run, CancellationToken cancellationToken)
    {
        var answer = await run.GetAsync("camerastate", cancellationToken);
        return answer.Succeeded ? answer.Integer : null;
    }

    /// <summary>ImageReady; null when it tells an error.</summary>
    public static async Task<bool?> ReadyAsync(this CameraRun run, CancellationToken cancellationToken)
    {
        var answer = await run.GetAsync("imageready", cancellationToken);
        return answer.Succeeded ? answer.Boolean : null;
    }

    private static async Task FollowAsync(this CameraRun run, ExposureRecord record, CancellationToken cancellationToken)
    {
        var state = record.AfterStart.State;
        var seen = await run.UntilAsync(
            async () => (state = await run.StateAsync(cancellationToken)) is CameraState.Exposing or CameraState.Error
                || (state == CameraState.Idle && await run.ReadyAsync(cancellationToken) == true),
            run.Settings.Wait,
            cancellationToken);
        if (!seen)
        {
            record.GivenUp = $"CameraState did not become exposing within {run.Settings.Wait.TotalSeconds} s";
        }
        else if (state == CameraState.Exposing)
        {
            record.SeenExposing = run.Time.GetUtcNow();
            record.ReadyWhileExposing = await run.ReadyAsync(cancellationToken);
        }

        if (!await run.UntilAsync(() => run.PastExposingAsync(record, cancellationToken), record.Duration + run.Settings.Wait, cancellationToken))
        {
            record.GivenUp ??= $"CameraState was still exposing {run.Settings.Wait.TotalSeconds} s after the duration";
        }

        if (!await run.UntilIdleAsync(cancellationToken))
        {
            record.GivenUp ??= $"CameraState did not become idle within {run.Settings.Wait.TotalSeconds} s after exposing";
        }

        record.Ready = await run.UntilAsync(async () => await run.ReadyAsync(cancellationToken) != false, run.Settings.Wait, cancellationToken)
            && await run.ReadyAsync(cancellationToken) == true;
        if (!record.Ready)
        {
            var told = await run.GetAsync("imageready", cancellationToken);
            record.GivenUp ??= told.Succeeded ? "ImageReady did not become true" : $"ImageReady: {told.Told}";
        }
    }

    private static async Task<bool> PastExposingAsync(this CameraRun run, ExposureRecord record, CancellationToken cancellationToken)
    {
        var percent = await run.GetAsync("percentcompleted", cancellationToken);
        if (percent.Succeeded && percent.Integer is < 0 or > 100)
        {
            record.WrongPercents.Add(percent.Integer);
        }

        return await run.StateAsync(cancellationToken) != CameraState.Exposing;
    }

    private static ImageRecord Record(Download download, string? difference) =>
        new(download.Picture is { } picture
            ? (picture.Rank, picture.Width, picture.Height)
            : null, download.Told, download.Reply.Elapsed, difference);
}
