using System.Text.Json;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>A request line, read.</summary>
/// <param name="Method">The command; empty if the line names none.</param>
/// <param name="Id">As sent; null if absent.</param>
/// <param name="Params">As sent; null if absent.</param>
/// <param name="HasVerify">Whether the word <c>verify</c> is anywhere in the line.</param>
internal sealed record Request(string Method, JsonElement? Id, JsonElement? Params, bool HasVerify)
{
    /// <summary>Reads a line; null if it is no JSON object.</summary>
    public static Request? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? null
                : new Request(
                    root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String ? method.GetString()! : "",
                    root.TryGetProperty("id", out var id) ? id.Clone() : null,
                    root.TryGetProperty("params", out var parameters) ? parameters.Clone() : null,
                    line.Span.IndexOf("verify"u8) >= 0);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
