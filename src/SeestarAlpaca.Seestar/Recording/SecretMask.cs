using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>
/// Frees JSON lines of secrets before they reach a disk. Only the secret values are replaced, by others of the same type and shape; everything else stays
/// as it was sent, byte for byte. Not thread safe: what it has seen counts for what it sees next.
/// </summary>
internal sealed class SecretMask
{
    private readonly KnownSecrets _known = new();

    /// <summary>Method or event that a line names.</summary>
    /// <param name="Method">The method; null if it names none.</param>
    /// <param name="Event">The event; null if it names none.</param>
    /// <param name="Id">The id as it is written; null if there is none.</param>
    public readonly record struct Subject(string? Method, string? Event, string? Id);

    /// <summary>What a line is about; null if it is no JSON object.</summary>
    public static Subject? SubjectOf(ReadOnlySpan<byte> line)
    {
        try
        {
            string? method = null, happened = null, id = null;
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    var name = reader.GetString();
                    reader.Read();
                    switch (name)
                    {
                        case "method" when reader.TokenType == JsonTokenType.String:
                            method = reader.GetString();
                            break;
                        case "Event" when reader.TokenType == JsonTokenType.String:
                            happened = reader.GetString();
                            break;
                        case "id" when reader.TokenType is JsonTokenType.Number or JsonTokenType.String:
                            id = Encoding.UTF8.GetString(line[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
                            break;
                    }
                }
            }

            return new Subject(method, happened, id);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A line without its secrets; null if it is no JSON object, and so may hold anything.</summary>
    /// <param name="line">A line without its end.</param>
    /// <param name="secrecy">How much of it is secret.</param>
    public byte[]? Line(ReadOnlySpan<byte> line, Secrecy secrecy)
    {
        try
        {
            return line.TrimStart(" \t"u8) is [(byte)'{', ..] ? Mask(line, secrecy) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text without its secrets.</summary>
    public string Text(string text) => Nested(text, Secrecy.ByName) ?? _known.Clean(text);

    private byte[] Mask(ReadOnlySpan<byte> json, Secrecy secrecy)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        var secret = new Stack<bool>([secrecy == Secrecy.Texts]);
        var (copied, member, isSecret) = (0, string.Empty, false);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            string? instead = null;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    secret.Push(member.Length > 0 ? isSecret : secret.Peek());
                    member = string.Empty;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    secret.Pop();
                    continue;
                case JsonTokenType.PropertyName:
                    member = reader.GetString()!;
                    isSecret = secret.Peek() || SecretNames.IsSecret(member)
                        || (secrecy == Secrecy.Everything && reader.CurrentDepth == 1 && member is "params" or "result");
                    instead = SecretNames.IsProtocol(member) || member == "Timestamp" ? null : Changed(member, _known.Clean(member));
                    break;
                case JsonTokenType.String:
                    instead = Scalar(reader.GetString()!, member, member.Length > 0 ? isSecret : secret.Peek());
                    break;
                case JsonTokenType.Number:
                    instead = Number(Encoding.ASCII.GetString(reader.ValueSpan), member, member.Length > 0 ? isSecret : secret.Peek(), secrecy);
                    break;
            }

            if (instead is not null)
            {
                output.Write(json[copied..(int)reader.TokenStartIndex]);
                output.Write(Encoding.UTF8.GetBytes(instead));
                copied = (int)reader.TokenStartIndex + reader.ValueSpan.Length + (reader.TokenType == JsonTokenType.Number ? 0 : 2);
            }

            member = reader.TokenType == JsonTokenType.PropertyName ? member : string.Empty;
        }

        output.Write(json[copied..]);
        return output.WrittenSpan.ToArray();
    }

    private string? Scalar(string text, string member, bool isSecret)
    {
        if (SecretNames.IsProtocol(member) || (member == "Timestamp" && text.All(c => char.IsAsciiDigit(c) || c == '.')))
        {
            return null;
        }

        return Changed(text, isSecret && text != "verify" ? _known.Substitute(text) : Text(text));
    }

    private string? Number(string token, string member, bool isSecret, Secrecy secrecy) =>
        (isSecret && !(secrecy == Secrecy.Texts && !SecretNames.IsSecret(member)) && member is not ("id" or "code")) || _known.IsSecretNumber(token)
            ? _known.SubstituteNumber(token)
            : null;

    /// <summary>JSON within a text is freed of secrets as JSON is.</summary>
    private string? Nested(string text, Secrecy secrecy)
    {
        if (text.TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Mask(Encoding.UTF8.GetBytes(text), secrecy));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Changed(string before, string after) => before == after ? null : $"\"{JsonEncodedText.Encode(after)}\"";
}
