using System.Text.Json;

namespace SeestarAlpaca.Conformance.Management;

/// <summary>Reads <c>configureddevices</c> (alpaca-camera.md §2).</summary>
internal static class DeviceList
{
    /// <summary>Reads the value; what is wrong with an entry is added to <paramref name="problems"/>, and the entry left out.</summary>
    public static IReadOnlyList<ConfiguredDevice> Read(JsonElement value, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add("the Value must be an array");
            return [];
        }

        var devices = new List<ConfiguredDevice>();
        foreach (var entry in value.EnumerateArray())
        {
            if (Text(entry, "DeviceName") is { } name && Text(entry, "DeviceType") is { } type && Text(entry, "UniqueID") is { } id
                && entry.TryGetProperty("DeviceNumber", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetUInt32(out var index))
            {
                devices.Add(new ConfiguredDevice(name, type, index, id));
            }
            else
            {
                problems.Add($"{entry.GetRawText()} must have DeviceName, DeviceType and UniqueID (strings) and DeviceNumber (a whole number); case counts");
            }
        }

        return devices;
    }

    private static string? Text(JsonElement entry, string key) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
