using System.Text.Json;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>A command on an image port.</summary>
/// <param name="Method">Its name; empty if the line names none.</param>
/// <param name="Id">The low byte of its id, which is all that comes back; 0 if it has no numeric id.</param>
internal readonly record struct ImageRequest(string Method, byte Id)
{
    /// <summary>Reads a line; null if it is no JSON object.</summary>
    public static ImageRequest? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var method = root.TryGetProperty("method", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
            var id = root.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var whole) ? whole : 0;
            return new ImageRequest(method, (byte)(id & 0xFF));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
