using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>
/// Frees JSON lines of secrets before they reach a disk. Only the secret values are replaced, by others of the same type and shape; everything else stays
/// as it was sent, byte for byte. Not thread safe: what it has seen counts for what it sees next.
/// </summary>
internal sealed class SecretMask
{
    /// <summary>A longer name of a method or event is no name.</summary>
    private const int LongestName = 64;

    private readonly KnownSecrets _known = new();

    /// <summary>Method or event that a line names.</summary>
    /// <param name="Method">The method; null if it names none.</param>
    /// <param name="Event">The event; null if it names none.</param>
    /// <param name="Id">The id's value, however it is written: 9, 9.0 and "9" are the same; null if there is none.</param>
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
                            id = IdOf(reader);
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

    private static string IdOf(Utf8JsonReader reader)
    {
        var id = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.ASCII.GetString(reader.ValueSpan);
        return decimal.TryParse(id, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("G29", CultureInfo.InvariantCulture) : id;
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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>A text without its secrets; null if it cannot be freed of them.</summary>
    public string? Text(string text)
    {
        try
        {
            return Cleaned(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private byte[] Mask(ReadOnlySpan<byte> json, Secrecy secrecy)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        var within = new Stack<Place>([new Place(string.Empty, secrecy, 0)]);
        var (copied, place) = (0, within.Peek());
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            string? instead = null;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    within.Push(place with { Depth = place.Depth + 1 });
                    place = within.Peek();
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    within.Pop();
                    place = within.Peek();
                    continue;
                case JsonTokenType.PropertyName:
                    place = within.Peek().Of(reader.GetString()!);
                    instead = Changed(place.Member, place.IsEnvelope ? place.Member : _known.Clean(place.Member));
                    break;
                case JsonTokenType.String:
                    instead = Changed(reader.GetString()!, Masked(reader.GetString()!, place));
                    break;
                case JsonTokenType.Number:
                    instead = MaskedNumber(Encoding.ASCII.GetString(reader.ValueSpan), place);
                    break;
            }

            if (instead is not null)
            {
                output.Write(json[copied..(int)reader.TokenStartIndex]);
                output.Write(Encoding.UTF8.GetBytes(instead));
                copied = (int)reader.TokenStartIndex + reader.ValueSpan.Length + (reader.TokenType == JsonTokenType.Number ? 0 : 2);
            }

            place = reader.TokenType == JsonTokenType.PropertyName ? place : within.Peek();
        }

        output.Write(json[copied..]);
        return output.WrittenSpan.ToArray();
    }

    private string Masked(string text, Place place)
    {
        var stays = SecretNames.IsProtocol(place.Member, text) || (place.IsEnvelope && place.Member switch
        {
            "jsonrpc" or "method" or "Event" => text.Length <= LongestName && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'),
            "Timestamp" => text.All(c => char.IsAsciiDigit(c) || c == '.'),
            _ => false,
        });
        return stays || text == "verify" ? text
            : place.Secrecy == Secrecy.ByName || (place.IsEnvelope && place.Member == "id") ? Cleaned(text)
            : _known.Substitute(text, place.Secrecy != Secrecy.Fleeting);
    }

    private string? MaskedNumber(string token, Place place) =>
        place.IsEnvelope && place.Member is "id" or "code" ? null
            : place.Secrecy >= Secrecy.Fleeting || _known.IsSecretNumber(token) ? _known.SubstituteNumber(token, place.Secrecy == Secrecy.Everything)
            : null;

    private string Cleaned(string text) => Nested(text, Secrecy.ByName) ?? _known.Clean(text);

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

    /// <summary>Where a value stands.</summary>
    /// <param name="Member">The name under which it is; within an array, the array's.</param>
    /// <param name="Secrecy">How much there is secret.</param>
    /// <param name="Depth">How many objects and arrays it is in.</param>
    private readonly record struct Place(string Member, Secrecy Secrecy, int Depth)
    {
        /// <summary>Whether it says what the message is and to which other it belongs.</summary>
        public bool IsEnvelope => Depth == 1 && Member is "jsonrpc" or "method" or "Event" or "id" or "code" or "Timestamp";

        /// <summary>The place of a member. What a secret request fails with is secret, but only there: others fail with the same words.</summary>
        public Place Of(string member)
        {
            var secrecy = Depth == 1 && Secrecy > Secrecy.ByName && member == "error" ? Secrecy.Fleeting : Secrecy;
            return new Place(member, Stricter(secrecy, SecretNames.OfMember(member)), Depth);
        }

        private static Secrecy Stricter(Secrecy one, Secrecy other) => one > other ? one : other;
    }
}
