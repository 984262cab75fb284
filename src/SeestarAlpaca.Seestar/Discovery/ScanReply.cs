using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// What a telescope answers to <see cref="ScanRequest"/> (<c>seestar-protocol.md</c> §2.3). Telescopes leave out fields as they like; what was
/// not told, or is no value of its kind, is null. Its own idea of its address is ignored: the datagram's sender counts.
/// </summary>
/// <param name="Serial">The serial number <c>sn</c>.</param>
/// <param name="Model"><c>product_model</c>, for example <c>Seestar S50</c>.</param>
/// <param name="IsVerified"><c>is_verified</c>.</param>
/// <param name="TcpClients"><c>tcp_client_num</c>, 0 or more.</param>
public sealed record ScanReply(string? Serial = null, string? Model = null, bool? IsVerified = null, int? TcpClients = null)
{
    /// <summary>The longest reply read, in bytes. A full one has about 300.</summary>
    public const int MaxLength = 4096;

    /// <summary>The longest text believed, in characters.</summary>
    private const int MaxText = 64;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 16 };

    /// <summary>
    /// Reads a datagram. False for everything that is no answer to a scan: other methods, requests, errors, broken JSON, too many bytes.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> datagram, [NotNullWhen(true)] out ScanReply? reply)
    {
        reply = null;
        if (datagram.Length > MaxLength)
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(datagram.TrimEnd((byte)0), Json);
            reply = Read(json.RootElement);
        }
        catch (JsonException)
        {
            // A dash in the asker's name makes telescopes send such things.
        }

        return reply is not null;
    }

    private static ScanReply? Read(JsonElement root) =>
        Member(root, "method", JsonValueKind.String) is { } method && Text(method) == ScanRequest.Method
        && Member(root, "result", JsonValueKind.Object) is { } result
            ? new ScanReply(
                Text(Member(result, "sn", JsonValueKind.String)),
                Text(Member(result, "product_model", JsonValueKind.String)),
                (Member(result, "is_verified", JsonValueKind.True) ?? Member(result, "is_verified", JsonValueKind.False))?.GetBoolean(),
                Count(Member(result, "tcp_client_num", JsonValueKind.Number)))
            : null;

    private static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    private static int? Count(JsonElement? number) => number is { } n && n.TryGetInt32(out var count) && count >= 0 ? count : null;

    private static string? Text(JsonElement? member)
    {
        try
        {
            var text = member?.GetString()?.Trim();
            return text is { Length: > 0 and <= MaxText } && !text.Any(char.IsControl) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // The bytes are no UTF-8, or an escape is half a character.
            return null;
        }
    }
}
