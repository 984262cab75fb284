using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Protocol;

/// <summary>Connecting in all forms (alpaca-camera.md §9: the sequence, common part 4, and the begin of the camera part).</summary>
internal static class ConnectionForms
{
    public static IReadOnlyList<Check<ProtocolRun>> First { get; } =
    [
        new("connected.put", "§9", "Connected becomes true and false, with the parameters in any order", SwitchAsync) { Essential = true },
        new("interfaceversion.read", "§9", "InterfaceVersion", VersionAsync) { Essential = true },
    ];

    public static IReadOnlyList<Check<ProtocolRun>> Wrong { get; } = [new("connected.values", "§9 common 4", "Connected with values that are no booleans", ValuesAsync)];

    public static IReadOnlyList<Check<ProtocolRun>> Overlapping { get; } =
    [
        new("connect.overlapping", "§9, §11.16", "disconnects and connects on top of each other end as was asked for last",
            OverlappingAsync) { LeftOut = NotBefore4 },
    ];

    public static IReadOnlyList<Check<ProtocolRun>> Last { get; } = [new("connected.end", "§9", "the camera becomes idle, and Connected false", EndAsync)];

    /// <summary>Why a member of version 4 is left out; null where it exists.</summary>
    public static string? NotBefore4(ProtocolRun run) => run.InterfaceVersion < 4 ? "Interface version 4 brought it." : null;

    private static async Task SwitchAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        await ConnectAsync(run, $"Connected=True&{run.Ids}", true, cancellationToken);
        await ConnectAsync(run, $"Connected=False&{run.Ids}", false, cancellationToken);
        await ConnectAsync(run, $"ClientTransactionID={Forms.Transaction}&Connected=true&ClientID={run.Settings.ClientId}", true, cancellationToken);
    }

    private static async Task ConnectAsync(ProtocolRun run, string form, bool connected, CancellationToken cancellationToken)
    {
        var reply = await run.SendAsync(HttpRequest.Put(run.Path("connected"), form), cancellationToken);
        foreach (var problem in ReplyRules.Judge(reply, Expected.Echo, WireType.None))
        {
            run.Judge.Add($"PUT connected [{form}]", problem);
        }

        var read = await run.ReadAsync("connected", cancellationToken);
        run.Judge.Require(
            read is { } value && value.GetBoolean() == connected,
            $"Connected is {connected}.",
            $"Connected must be {connected} after PUT connected [{form}].");
    }

    private static async Task VersionAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        var version = await run.ReadAsync("interfaceversion", cancellationToken);
        run.InterfaceVersion = version?.GetInt32() ?? throw new RunEndedException("InterfaceVersion cannot be read.");
        run.Judge.Ok($"InterfaceVersion is {run.InterfaceVersion}.");
    }

    private static async Task ValuesAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        foreach (var value in (string[])["", "123456", "asdqwe"])
        {
            var reply = await run.SendAsync(HttpRequest.Put(run.Path("connected"), $"Connected={value}&{run.Ids}"), cancellationToken);
            foreach (var problem in ReplyRules.Judge(reply, Expected.BadValue, WireType.None))
            {
                run.Judge.Add($"PUT connected '{value}'", problem);
            }
        }
    }

    private static async Task OverlappingAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        await run.PutAsync("disconnect", [], null, cancellationToken);
        await SettledAsync(run, false, cancellationToken);
        await run.PutAsync("connect", [], null, cancellationToken);
        await SettledAsync(run, true, cancellationToken);
        foreach (var member in (string[])["numx", "numy"])
        {
            if (await run.ReadAsync(member, cancellationToken) is null)
            {
                throw new RunEndedException($"{member} cannot be read after connecting.");
            }
        }
    }

    private static async Task SettledAsync(ProtocolRun run, bool connected, CancellationToken cancellationToken)
    {
        var settled = await run.UntilAsync("connecting", value => !value.GetBoolean(), cancellationToken);
        var read = await run.ReadAsync("connected", cancellationToken);
        var text = $"After several {(connected ? "connects" : "disconnects")} within milliseconds, Connecting is {(settled ? "false" : "still true")} and Connected {read?.GetRawText() ?? "unreadable"}";
        if (settled && read is { } value && value.GetBoolean() == connected)
        {
            run.Judge.Ok($"{text}.");
        }
        else if (connected)
        {
            throw new RunEndedException($"{text}.");
        }
        else
        {
            run.Judge.Issue($"{text}.");
        }
    }

    private static async Task EndAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        run.Judge.Require(
            await run.UntilAsync("camerastate", state => state.GetInt32() is 0 or 5, cancellationToken), "The camera is idle.", $"The camera is not idle {run.Settings.Wait.TotalSeconds} s after the last exposure.");
        await ConnectAsync(run, $"Connected=False&{run.Ids}", false, cancellationToken);
    }
}
