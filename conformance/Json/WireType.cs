using System.Globalization;
using System.Text.Json;

namespace SeestarAlpaca.Conformance.Json;

/// <summary>What the <c>Value</c> of a member is (alpaca-camera.md §3.2).</summary>
internal enum WireType
{
    /// <summary>The member has no value.</summary>
    None,
    Boolean,
    Int16,
    Int32,
    Double,
    Text,
    TextList,

    /// <summary>DeviceState: objects of <c>Name</c> and <c>Value</c>.</summary>
    StateList,

    /// <summary>ImageArray; read by its own readers.</summary>
    Image,
}

/// <summary>Whether a JSON value is of a wire type.</summary>
internal static class WireTypes
{
    /// <summary>What is wrong with a value; null when it is right.</summary>
    public static string? Problem(JsonElement value, WireType type) => type switch
    {
        WireType.None or WireType.Image => null,
        WireType.Boolean => Unless(value.ValueKind is JsonValueKind.True or JsonValueKind.False, value, "true or false"),
        WireType.Int16 => Unless(IsInteger(value, short.MinValue, short.MaxValue), value, "a whole number from -32768 to 32767, without decimal point"),
        WireType.Int32 => Unless(IsInteger(value, int.MinValue, int.MaxValue), value, "a whole number of 32 bits, without decimal point"),
        WireType.Double => Unless(value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()), value, "a number"),
        WireType.Text => Unless(value.ValueKind == JsonValueKind.String, value, "a string"),
        WireType.TextList => Unless(IsListOf(value, item => item.ValueKind == JsonValueKind.String), value, "an array of strings"),
        WireType.StateList => Unless(IsListOf(value, IsState), value, "an array of objects with Name (a string) and Value"),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The ASCOM Library refuses 1.0 and 1e0 for integers, so the text counts.</summary>
    private static bool IsInteger(JsonElement value, long min, long max) =>
        value.ValueKind == JsonValueKind.Number
        && long.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= min
        && number <= max;

    private static bool IsListOf(JsonElement value, Func<JsonElement, bool> isItem) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(isItem);

    private static bool IsState(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("Name", out var name)
        && name.ValueKind == JsonValueKind.String
        && item.TryGetProperty("Value", out _);

    private static string? Unless(bool right, JsonElement value, string expected)
    {
        if (right)
        {
            return null;
        }

        var text = value.GetRawText();
        return $"the Value {(text.Length <= 60 ? text : text[..60] + "…")} should be {expected}";
    }
}
