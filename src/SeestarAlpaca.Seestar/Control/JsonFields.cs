using System.Globalization;
using System.Text.Json;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>Fields of the telescope's objects, every one of which may be missing or of another type than expected: then the answer is null.</summary>
internal static class JsonFields
{
    public static JsonElement? Field(this JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // The parser accepts names and texts whose UTF-8 or escapes make no characters; reading them fails.
            return null;
        }
    }

    public static string? Text(this JsonElement json, string name) => json.Field(name)?.Text();

    public static string? Text(this JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static double? Number(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    public static int? Int(this JsonElement json, string name) =>
        json.Number(name) is { } number && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    public static bool? Flag(this JsonElement json, string name) => json.Field(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Two numbers in an array, such as <c>target_ra_dec</c> or <c>chip_size</c>.</summary>
    public static (double First, double Second)? Pair(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() >= 2
            && array[0].ValueKind == JsonValueKind.Number && array[1].ValueKind == JsonValueKind.Number
            && double.IsFinite(array[0].GetDouble()) && double.IsFinite(array[1].GetDouble())
            ? (array[0].GetDouble(), array[1].GetDouble())
            : null;

    /// <summary>A length of time in milliseconds: 0 to 30 years.</summary>
    public static TimeSpan? Milliseconds(this JsonElement json, string name) =>
        json.Number(name) is { } number and >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(number) : null;

    /// <summary>The telescope's clock: seconds since boot, sent as a string with nine decimals.</summary>
    public static TimeSpan? Timestamp(this JsonElement json) =>
        double.TryParse(json.Text("Timestamp"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public static long? TryGetInt64Exact(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) ? number : null;
}
