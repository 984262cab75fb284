using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>A camera that is not connected (alpaca-camera.md §3.1 and §3.2): nothing of the hardware, but what clients ask before connecting.</summary>
internal static class DisconnectedChecks
{
    /// <summary>What must work before connecting (alpaca-camera.md §3.1).</summary>
    private static readonly string[] Free = ["connected", "interfaceversion", "driverversion"];

    /// <summary>What should work, but may say that it is not connected.</summary>
    private static readonly string[] Either = ["description", "driverinfo", "name", "supportedactions"];

    private static readonly (string Member, (string Name, object Value)[] Parameters)[] Methods =
    [
        ("startexposure", [("Duration", 0.1), ("Light", true)]), ("stopexposure", []), ("abortexposure", []),
        ("pulseguide", [("Direction", 0), ("Duration", 1)]), ("action", [("Action", "NoSuchAction"), ("Parameters", "")]),
    ];

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("disconnected.free", "§3.1", "what clients ask before connecting is answered", FreeAsync) { Needs = ConnectionChecks.Disconnect },
        new("disconnected.properties", "§3.2", "hardware properties give 0x407 when read", ReadAsync) { Needs = ConnectionChecks.Disconnect },
        new("disconnected.writes", "§3.2", "hardware properties give 0x407 when written", WriteAsync) { Needs = ConnectionChecks.Disconnect },
        new("disconnected.methods", "§3.3", "methods give 0x407", MethodsAsync) { Needs = ConnectionChecks.Disconnect },
        new("disconnected.exposing", "§7.8", "disconnecting during an exposure drops it", ExposingAsync) { Needs = ConnectionChecks.Disconnect },
    ];

    private static async Task FreeAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var member in run.Facts.InterfaceVersion >= 4 ? [.. Free, "connecting"] : Free)
        {
            run.HasValue(await run.GetAsync(member, cancellationToken), optional: false);
        }

        foreach (var member in Either)
        {
            var answer = await run.GetAsync(member, cancellationToken);
            run.Judge.Require(
                answer.Succeeded || answer.ErrorNumber == AscomError.NotConnected, $"{answer.Call}: {answer.Told}.", $"{answer.Call} when not connected must be answered, or 0x407: {answer.Told}.");
        }
    }

    private static async Task ReadAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var member in Members.Camera.Concat(Members.LastExposure))
        {
            Judge(run, await run.GetAsync(member.Name, cancellationToken));
        }

        foreach (var member in (string[])["imagearray", "imagearrayvariant"])
        {
            var image = await run.DownloadAsync(member, Exposing.LibraryAccept, cancellationToken);
            run.Judge.Require(
                image.Error is AscomError.NotConnected or AscomError.NotImplemented,
                $"{member}: {image.Told}.",
                $"{member} when not connected must be refused with 0x407: {image.Told}.");
        }
    }

    private static async Task WriteAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var member in Members.Camera.Where(member => member.Parameter is not null))
        {
            Judge(run, await run.WriteAsync(member.Name, member.Default, cancellationToken));
        }
    }

    private static async Task MethodsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var (member, parameters) in Methods)
        {
            var answer = await run.PutAsync(member, cancellationToken, parameters);
            if (member == "action" && answer.ErrorNumber == AscomError.ActionNotImplemented)
            {
                run.Judge.Information("An unknown action gives 0x40C even when not connected; ASCOM's table says 0x407.");
            }
            else
            {
                Judge(run, answer);
            }
        }
    }

    private static async Task ExposingAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (await ConnectionChecks.ConnectAsync(run, run.Client, cancellationToken) is { } failure)
        {
            run.Judge.Issue($"The camera does not connect again: {failure}");
            return;
        }

        var start = await run.StartAsync(run.Client, run.Facts.FullFrame((1, 1)), run.Settings.Exposure, true, [], cancellationToken);
        run.Judge.Require(start.Succeeded, "An exposure starts.", $"An exposure must start: {start.Told}.");
        var left = await ConnectionChecks.DisconnectAsync(run, run.Client, cancellationToken);
        run.Judge.Require(left is null, "The camera disconnects.", left ?? "");
        Judge(run, await run.GetAsync("imageready", cancellationToken));
    }

    /// <summary>What a camera lacks it may say at any time.</summary>
    private static void Judge(CameraRun run, Answer answer) => run.Judge.Require(
        answer.ErrorNumber is AscomError.NotConnected or AscomError.NotImplemented,
        $"{answer.Call}: {answer.Told}.",
        $"{answer.Call} when not connected must be refused with 0x407: {answer.Told}.");
}
