using System.Text.Json;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>One line from the control port: a <see cref="ReplyMessage"/> or an <see cref="EventMessage"/>.</summary>
public abstract class ControlMessage
{
    /// <summary>Reads one line.</summary>
    /// <param name="line">UTF-8 JSON without its line end.</param>
    /// <returns>The message; null for an object that is neither reply nor event, which a reader ignores.</returns>
    /// <exception cref="InvalidDataException">The line is no JSON object.</exception>
    public static ControlMessage? Parse(ReadOnlyMemory<byte> line)
    {
        JsonElement json;
        try
        {
            using var document = JsonDocument.Parse(line);
            json = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The telescope sent a line of {line.Length} bytes that is no JSON: {exception.Message}", exception);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"The telescope sent a JSON {json.ValueKind}; a line is an object.");
        }

        return json.Text("Event") is { } name
            ? new EventMessage(TelescopeEvent.Parse(name, json))
            : json.Field("id")?.TryGetInt64Exact() is { } number
                ? new ReplyMessage(number, json)
                : null;
    }
}

/// <summary>The answer to a request, matched by its id alone: events of the request may come first (<c>seestar-protocol.md</c> §3.1).</summary>
public sealed class ReplyMessage(long id, JsonElement json) : ControlMessage
{
    /// <summary>The request's id.</summary>
    public long Id { get; } = id;

    /// <summary>0 for success; when missing, 0 unless there is an error text.</summary>
    public int Code { get; } = json.Int("code") ?? (json.Field("error") is null ? 0 : -1);

    /// <summary>The telescope's words for a failure; empty when it gave none.</summary>
    public string Error { get; } = json.Text("error") ?? string.Empty;

    /// <summary>The result; undefined when the reply has none.</summary>
    public JsonElement Result { get; } = json.Field("result") ?? default;
}

/// <summary>Something that happened, told to every connection.</summary>
public sealed class EventMessage(TelescopeEvent happened) : ControlMessage
{
    /// <summary>What happened.</summary>
    public TelescopeEvent Event { get; } = happened;
}
