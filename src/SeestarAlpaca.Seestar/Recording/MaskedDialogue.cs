using System.Text;
using System.Text.Unicode;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>Frees one connection's messages of secrets: a reply is as secret as its request was. Not thread safe.</summary>
/// <param name="mask">What the recording's connections share.</param>
internal sealed class MaskedDialogue(SecretMask mask)
{
    /// <summary>Requests that may wait for their replies; of more, the oldest are forgotten.</summary>
    private const int MostWaiting = 1024;

    private readonly List<(string Id, string? Method, Secrecy Secrecy)> _waiting = [];

    /// <summary>A client's line without secrets; null if it cannot be freed of them.</summary>
    public byte[]? Request(ReadOnlySpan<byte> line)
    {
        if (SecretMask.SubjectOf(line) is not { } subject)
        {
            return null;
        }

        var secrecy = SecretNames.OfMethod(subject.Method ?? string.Empty);
        if (subject.Id is { } id)
        {
            if (_waiting.Count == MostWaiting)
            {
                _waiting.RemoveAt(0);
            }

            _waiting.Add((id, subject.Method, secrecy));
        }

        return mask.Line(line, secrecy);
    }

    /// <summary>A telescope's line without secrets; null if it cannot be freed of them.</summary>
    public byte[]? Answer(ReadOnlySpan<byte> line)
    {
        if (SecretMask.SubjectOf(line) is not { } subject)
        {
            return null;
        }

        // The strictest: a telescope may mix up names and ids.
        Secrecy[] secrecies =
            [TakeWaiting(subject.Id, subject.Method), SecretNames.OfEvent(subject.Event ?? string.Empty), SecretNames.OfMethod(subject.Method ?? string.Empty)];
        return mask.Line(line, secrecies.Max());
    }

    /// <summary>
    /// A text frame without secrets, as header and text: the header tells the text's length, first and last byte (<c>seestar-protocol.md</c> §5.1). What
    /// became longer than a text can be is cut off; null if it cannot be freed of secrets.
    /// </summary>
    public (byte[] Header, byte[] Text)? TextFrame(ReadOnlySpan<byte> header, ReadOnlySpan<byte> text)
    {
        // What is no UTF-8 is one byte a character; it stays what it is.
        var encoding = Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1;
        var words = encoding.GetString(text);
        var masked = mask.Text(words);
        if (masked is null || masked == words)
        {
            return masked is null ? null : (header.ToArray(), text.ToArray());
        }

        var changed = header.ToArray();
        var bytes = Cut(encoding.GetBytes(masked));
        (FrameHeader.Parse(header) with { PayloadLength = bytes.Length }).Write(changed, bytes[0], bytes[^1]);
        return (changed, bytes);
    }

    /// <summary>No more than a text frame may hold, and whole characters.</summary>
    private static byte[] Cut(byte[] text)
    {
        var length = Math.Min(text.Length, FrameHeader.MaxText);
        while (length > 0 && length < text.Length && (text[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return text[..length];
    }

    /// <summary>The secrecy of the request that is answered: with the same id, and the same method if there is such a one.</summary>
    private Secrecy TakeWaiting(string? id, string? method)
    {
        var same = _waiting.FindIndex(waiting => waiting.Id == id && waiting.Method == method);
        var found = same >= 0 ? same : _waiting.FindIndex(waiting => waiting.Id == id);
        if (found < 0)
        {
            return Secrecy.ByName;
        }

        var secrecy = _waiting[found].Secrecy;
        _waiting.RemoveAt(found);
        return secrecy;
    }
}
