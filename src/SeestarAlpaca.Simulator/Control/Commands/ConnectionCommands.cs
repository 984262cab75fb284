using System.Text.Json;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Heartbeat and authentication (<c>seestar-protocol.md</c> §3.2, §3.4).</summary>
internal static class ConnectionCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["test_connection"] = Handle.Tell(_ => "server connected!"),
        ["get_verify_str"] = Handle.With(call => IsLocked(call) ? new Answer(new WireObject { ["str"] = call.Client.Guard.Challenge() }) : Unknown),
        ["verify_client"] = Handle.With(call => IsLocked(call) ? Verify(call) : Unknown),
        ["pi_is_verified"] = Handle.Tell(call => call.Client.Guard.IsOpen),
    };

    private static Answer Unknown => Answer.Of(ErrorCodes.MethodNotFound);

    private static bool IsLocked(Call call) => call.Telescope.Version.Authentication == Authentication.Rsa;

    private static Answer Verify(Call call)
    {
        var (sign, data) = Signature(call);
        return Answer.Of(call.Client.Guard.Verify(data, sign) ? 0 : ErrorCodes.FailToOperate);
    }

    /// <summary>An object with <c>sign</c> and <c>data</c>, or the two as a list, as the maker's other products take them.</summary>
    private static (string Sign, string Data) Signature(Call call)
    {
        if (call.Parameters is { ValueKind: JsonValueKind.Array })
        {
            return call.Items() is [var first, var second, ..] ? (Text(first), Text(second)) : throw new RefusedException(ErrorCodes.ExpectedObject);
        }

        var members = call.Members();
        return members.TryGetValue("sign", out var sign) && members.TryGetValue("data", out var data)
            ? (Text(sign), Text(data))
            : throw new RefusedException(ErrorCodes.ExpectedObject);
    }

    private static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new RefusedException(ErrorCodes.InvalidValue);
}
