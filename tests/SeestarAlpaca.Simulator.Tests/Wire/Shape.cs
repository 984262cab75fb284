using System.Text.Json;

namespace SeestarAlpaca.Simulator.Tests.Wire;

/// <summary>
/// What a JSON text looks like without its values: keys and their order, types, and how numbers are printed: i whole, f six decimals,
/// g anything else.
/// </summary>
internal static class Shape
{
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static string Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(member => $"{member.Name}:{Of(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Of))}]",
        JsonValueKind.String => "s",
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => "b",
        _ => "n",
    };

    private static string Number(string text) => text.Split('.') switch
    {
        [_] when !text.Contains('e', StringComparison.OrdinalIgnoreCase) => "i",
        [_, { Length: 6 }] => "f",
        _ => "g",
    };
}
