using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Creating, connecting and leaving (alpaca-camera.md §8 A, B, I and J).</summary>
internal static class ConnectionChecks
{
    /// <summary>The check after which the camera is not connected.</summary>
    public const string Disconnect = "connection.disconnect";

    public static IReadOnlyList<Check<CameraRun>> First { get; } =
    [
        new("connection.interfaceversion", "§8 A", "InterfaceVersion is 1 to 4", VersionAsync) { Essential = true },
        new("connection.connect", "§8 B", "connecting, and that it can be undone", ConnectAsync) { Essential = true },
    ];

    public static IReadOnlyList<Check<CameraRun>> Last { get; } =
    [
        new("connection.restore", "§8 I", "bin and subframe go back", RestoreAsync),
        new(Disconnect, "§8 J", "disconnecting", DisconnectAsync),
    ];

    /// <summary>Connects as a client of the camera's interface version does.</summary>
    /// <returns>Why it is not connected; null when it is.</returns>
    public static Task<string?> ConnectAsync(CameraRun run, AlpacaClient client, CancellationToken cancellationToken) =>
        SwitchAsync(run, client, true, cancellationToken);

    /// <summary>Disconnects as a client of the camera's interface version does.</summary>
    /// <returns>Why it is still connected; null when it is not.</returns>
    public static Task<string?> DisconnectAsync(CameraRun run, AlpacaClient client, CancellationToken cancellationToken) =>
        SwitchAsync(run, client, false, cancellationToken);

    private static async Task VersionAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var answer = await run.GetAsync("interfaceversion", cancellationToken);
        if (!answer.Succeeded || answer.Integer is < 1 or > 4)
        {
            throw new RunEndedException($"InterfaceVersion must be 1 to 4: {(answer.Succeeded ? answer.Integer : answer.Told)}.");
        }

        run.Facts.InterfaceVersion = answer.Integer;
        run.Judge.Ok($"InterfaceVersion is {answer.Integer}.");
    }

    private static async Task ConnectAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (run.Facts.InterfaceVersion >= 4)
        {
            var connecting = await run.GetAsync("connecting", cancellationToken);
            if (!connecting.Succeeded)
            {
                throw new RunEndedException($"Connecting must exist in interface version 4: {connecting.Told}.");
            }

            await SetAsync(run, true, cancellationToken);
            await SetAsync(run, false, cancellationToken);
        }

        var failure = await ConnectAsync(run, run.Client, cancellationToken);
        if (failure is not null)
        {
            throw new RunEndedException(failure);
        }

        run.Judge.Ok("The camera connects.");
    }

    private static async Task SetAsync(CameraRun run, bool connected, CancellationToken cancellationToken)
    {
        var put = await run.PutAsync("connected", cancellationToken, ("Connected", connected));
        var read = await run.GetAsync("connected", cancellationToken);
        if (!put.Succeeded || !read.Succeeded || read.Boolean != connected)
        {
            throw new RunEndedException($"Connected must become {connected}: {put.Told}, and then {(read.Succeeded ? read.Boolean : read.Told)}.");
        }
    }

    private static async Task<string?> SwitchAsync(CameraRun run, AlpacaClient client, bool on, CancellationToken cancellationToken)
    {
        var put = run.Facts.InterfaceVersion >= 4
            ? await client.PutAsync(on ? "connect" : "disconnect", cancellationToken)
            : await client.PutAsync("connected", cancellationToken, ("Connected", on));
        if (!put.Succeeded)
        {
            return $"{put.Call}: {put.Told}.";
        }

        Answer connecting = put;
        if (run.Facts.InterfaceVersion >= 4
            && !await run.UntilAsync(async () => !(connecting = await client.GetAsync("connecting", cancellationToken)).Succeeded || !connecting.Boolean, run.Settings.ConnectWait, cancellationToken))
        {
            return $"Connecting was still true {run.Settings.ConnectWait.TotalSeconds} s after {put.Call}.";
        }

        var read = await client.GetAsync("connected", cancellationToken);
        return !connecting.Succeeded ? $"{connecting.Call}: {connecting.Told}."
            : read.Succeeded && read.Boolean == on ? null
            : $"After {put.Call}, Connected must be {on}: {(read.Succeeded ? read.Boolean : read.Told)}.";
    }

    private static async Task RestoreAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var (member, value) in run.Facts.FullFrame((1, 1)).Settings)
        {
            await run.WritesAsync(member, value, cancellationToken);
        }
    }

    private static async Task DisconnectAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var failure = await DisconnectAsync(run, run.Client, cancellationToken);
        run.Judge.Require(failure is null, "The camera disconnects.", failure ?? "");
    }
}
