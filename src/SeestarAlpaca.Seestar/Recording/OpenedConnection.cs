using System.Text;
using System.Text.Json;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>What a recording tells of a new connection.</summary>
/// <param name="Port">The port it is to.</param>
/// <param name="Telescope">Number of the telescope within the recording, from 1, in the order in which they were met.</param>
public sealed record OpenedConnection(RecordedPort Port, int Telescope)
{
    private static readonly Dictionary<string, RecordedPort> Ports =
        new() { ["control"] = RecordedPort.Control, ["image"] = RecordedPort.Image, ["wide"] = RecordedPort.Wide };

    /// <summary>Reads the payload of a record.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static OpenedConnection Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.Text("port") is { } name && Ports.TryGetValue(name, out var port) && json.RootElement.Int("telescope") is { } number
                ? new OpenedConnection(port, number)
                : throw new InvalidDataException("A connection in the recording is to no known port.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("A connection in the recording cannot be read.", exception);
        }
    }

    internal byte[] ToJson() =>
        Encoding.ASCII.GetBytes($$"""{"port":"{{Ports.First(port => port.Value == Port).Key}}","telescope":{{Telescope}}}""");
}
