using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.ImageBytes;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Several clients at once, and one that dies and comes back (alpaca-camera.md §7.1 and §11.29).</summary>
internal static class ClientChecks
{
    /// <summary>A status read that waits for a download takes about as long as it; one that does not, a small part.</summary>
    private const double BlockedShare = 0.5;

    /// <summary>How often a wait must show before it is believed.</summary>
    private const int MaxRounds = 3;

    private static readonly TimeSpan StatusTarget = TimeSpan.FromSeconds(0.1);

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("clients.second", "§7.1", "a second client that connects and exposes disturbs nothing of the first", SecondAsync),
        new("clients.downloads", "§11.29", "downloads of two clients at once are the same image, and status reads go on meanwhile", DownloadsAsync),
        new("clients.restart", "§7.1", "a client that dies and comes back goes on", RestartAsync),
        new("clients.segments", "§11.15", "small replies arrive in one piece", SegmentsAsync),
    ];

    private static async Task SecondAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var frame = run.Facts.FullFrame((1, 1)) with { NumX = Math.Max(1, run.Facts.Width / 2), StartY = run.Facts.Height / 2, NumY = Math.Max(1, run.Facts.Height / 4) };
        var failed = new List<Answer>();
        var start = await run.StartAsync(run.Client, frame, run.Settings.Exposure, true, failed, cancellationToken);
        run.Judge.Require(start.Succeeded, "The first client exposes.", $"The first client must be able to expose: {start.Told}.");

        using var second = run.NewClient();
        if (await ConnectionChecks.ConnectAsync(run, second, cancellationToken) is { } failure)
        {
            run.Judge.Issue($"A second client cannot connect: {failure}");
            return;
        }

        foreach (var (member, value) in frame.Settings)
        {
            var read = await run.GetAsync(member, cancellationToken);
            run.Judge.Require(
                read.Succeeded && read.Integer == value,
                $"{member} stays.",
                $"After a second client connected, {member} is {(read.Succeeded ? read.Integer : read.Told)}; it was {value}.");
        }

        var other = await second.PutAsync("startexposure", cancellationToken, ("Duration", ImageChecks.Short(run).TotalSeconds), ("Light", true));
        run.Judge.Require(
            other.Succeeded || other.ErrorNumber == AscomError.InvalidOperation, $"The second client's StartExposure: {other.Told}.", $"The second client's StartExposure must succeed or give 0x40B: {other.Told}.");
        await run.UntilAsync(
            async () => await run.ReadyAsync(cancellationToken) != false, run.Settings.Exposure + run.Settings.Wait, cancellationToken);
        var image = await run.DownloadAsync("imagearray", Exposing.LibraryAccept, cancellationToken);
        run.Judge.Require(
            image.Picture is { } picture && (picture.Width, picture.Height) == (frame.NumX, frame.NumY), "The first client's image is its own.", $"The first client's image must be {frame.NumX} × {frame.NumY}: {image.Told}.");
        await LeaveAsync(run, second, cancellationToken);
    }

    private static async Task LeaveAsync(CameraRun run, AlpacaClient second, CancellationToken cancellationToken)
    {
        if (await ConnectionChecks.DisconnectAsync(run, second, cancellationToken) is { } failure)
        {
            run.Judge.Issue($"The second client cannot disconnect: {failure}");
        }

        var connected = await run.GetAsync("connected", cancellationToken);
        if (!connected.Succeeded || !connected.Boolean)
        {
            run.Judge.Information("When the second client disconnects the first one is disconnected too, as with a camera that has one state for all.");
            await ConnectionChecks.ConnectAsync(run, run.Client, cancellationToken);
        }
    }

    private static async Task DownloadsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (await ImageChecks.TakeAsync(run, run.Facts.FullFrame((1, 1)), cancellationToken) is not { } image)
        {
            return;
        }

        // A server that makes status reads wait does so every time; a busy machine only now and then.
        string? waited = null;
        for (var round = 0; round == 0 || (waited is not null && round < MaxRounds); round++)
        {
            waited = await DownloadTwiceAsync(run, image, cancellationToken);
        }

        run.Judge.Require(waited is null, "Status reads did not wait for downloads.", waited ?? "");
    }

    /// <summary>Two downloads at once, with status reads beside them.</summary>
    /// <returns>How a status read waited; null when none did.</returns>
    private static async Task<string?> DownloadTwiceAsync(CameraRun run, Picture image, CancellationToken cancellationToken)
    {
        var downloads = Enumerable.Range(0, 2)
            .Select(_ => run.Client.FetchAsync("imagearray", Exposing.LibraryAccept, run.Facts.Elements, cancellationToken)).ToArray();
        var slowest = await SlowestStatusAsync(run, Task.WhenAll(downloads), cancellationToken);
        var longest = TimeSpan.Zero;
        foreach (var download in downloads)
        {
            var (reply, transaction) = await download;
            var got = Download.Of(reply, transaction, run.Facts.Elements);
            var difference = got.Picture is { } picture ? image.DifferenceTo(picture) : got.Told;
            run.Judge.Require(
                difference is null, "A download beside another one is the same image.", $"A download beside another one is not the same image: {difference}.");
            longest = reply.Elapsed > longest ? reply.Elapsed : longest;
        }

        return slowest < StatusTarget || slowest < longest * BlockedShare ? null
            : $"A status read took {slowest.TotalMilliseconds:0} ms while images were fetched within {longest.TotalMilliseconds:0} ms: it waited for them.";
    }

    private static async Task RestartAsync(CameraRun run, CancellationToken cancellationToken)
    {
        run.RestartClient();
        if (await ConnectionChecks.ConnectAsync(run, run.Client, cancellationToken) is { } failure)
        {
            run.Judge.Issue($"A client that comes back cannot connect: {failure}");
            return;
        }

        await ImageChecks.TakeAsync(run, run.Facts.FullFrame((1, 1)), cancellationToken);
    }

    private static async Task SegmentsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var delays = new List<TimeSpan>();
        for (var i = 0; i < 21; i++)
        {
            delays.Add((await run.GetAsync("camerastate", cancellationToken)).Reply.BodyDelay);
        }

        delays.Sort();
        var median = delays[delays.Count / 2];
        if (median > TimeSpan.FromMilliseconds(15))
        {
            run.Judge.Information($"Bodies of small replies arrive {median.TotalMilliseconds:0} ms after their headers: sent as two segments with Nagle's algorithm on?");
        }
        else
        {
            run.Judge.Ok("Bodies arrive with their headers.");
        }
    }

    private static async Task<TimeSpan> SlowestStatusAsync(CameraRun run, Task end, CancellationToken cancellationToken)
    {
        var slowest = TimeSpan.Zero;
        do
        {
            var answer = await run.GetAsync("camerastate", cancellationToken);
            slowest = answer.Reply.Elapsed > slowest ? answer.Reply.Elapsed : slowest;
            run.Judge.Require(
                answer.Succeeded, "The state is readable meanwhile.", $"The state must be readable while images are fetched: {answer.Told}.");
        }
        while (!end.IsCompleted);

        return slowest;
    }
}
