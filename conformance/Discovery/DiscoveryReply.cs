using System.Text.Json;

namespace SeestarAlpaca.Conformance.Discovery;

/// <summary>Reads an answer to a discovery request: <c>{"AlpacaPort":11111}</c> (alpaca-camera.md §5).</summary>
internal static class DiscoveryReply
{
    private const string Key = "AlpacaPort";

    /// <summary>Reads a datagram.</summary>
    /// <returns>The port, or what is wrong.</returns>
    public static (int? Port, string? Problem) Read(ReadOnlyMemory<byte> datagram)
    {
        try
        {
            using var document = JsonDocument.Parse(datagram);
            return document.RootElement.ValueKind != JsonValueKind.Object ? (null, "the answer is not a JSON object")
                : !document.RootElement.TryGetProperty(Key, out var port) ? (null, $"the answer has no key {Key}; case counts")
                : port.ValueKind == JsonValueKind.Number && port.TryGetInt32(out var number) && number is >= 1 and <= 65535 ? (number, null)
                : (null, $"{Key} is {port.GetRawText()}; it must be 1 to 65535");
        }
        catch (JsonException exception)
        {
            return (null, $"the answer is not JSON ({exception.Message})");
        }
    }
}
