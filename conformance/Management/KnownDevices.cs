using System.Text.Json;

namespace SeestarAlpaca.Conformance.Management;

/// <summary>The file with the devices of an earlier run, so that UniqueIDs can be compared over a restart of the server (alpaca-camera.md §11.27).</summary>
internal static class KnownDevices
{
    /// <summary>Reads a file.</summary>
    /// <returns>The devices, at least one; null when there is no such file.</returns>
    /// <exception cref="FormatException">It is not a file of <see cref="WriteAsync"/>; the message is one sentence.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<ConfiguredDevice>? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize<List<ConfiguredDevice?>>(File.ReadAllText(file)) is { Count: > 0 } devices
                && devices.TrueForAll(device => device is { Type: not null, UniqueId: not null }))
            {
                return devices!;
            }
        }
        catch (JsonException)
        {
            // The sentence below says all that helps.
        }

        throw new FormatException($"{file} is no list of devices that an earlier run wrote; name another file, or one that is not there, to have it written");
    }

    /// <summary>Writes a file.</summary>
    public static Task WriteAsync(string file, IReadOnlyList<ConfiguredDevice> devices, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(devices), cancellationToken);
}
