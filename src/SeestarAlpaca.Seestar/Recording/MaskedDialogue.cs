using System.Text;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>Frees one connection's messages of secrets: a reply is as secret as its request was. Not thread safe.</summary>
/// <param name="mask">What the recording's connections share.</param>
internal sealed class MaskedDialogue(SecretMask mask)
{
    /// <summary>Requests that may wait for their replies; of more, the oldest are forgotten.</summary>
    private const int MostWaiting = 256;

    private readonly List<(string Id, Secrecy Secrecy)> _waiting = [];

    /// <summary>A client's line without secrets; null if it cannot be freed of them.</summary>
    public byte[]? Request(ReadOnlySpan<byte> line)
    {
        if (SecretMask.SubjectOf(line) is not { } subject)
        {
            return null;
        }

        var secrecy = SecretNames.OfMethod(subject.Method ?? string.Empty);
        if (subject.Id is { } id && secrecy != Secrecy.ByName)
        {
            if (_waiting.Count == MostWaiting)
            {
                _waiting.RemoveAt(0);
            }

            _waiting.Add((id, secrecy));
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

        var secrecy = subject.Event is { } happened ? SecretNames.OfEvent(happened)
            : TakeWaiting(subject.Id) is var asked && subject.Method is { } method ? SecretNames.OfMethod(method)
            : asked;
        return mask.Line(line, secrecy);
    }

    /// <summary>A text frame without secrets, as header and text: the header tells the text's length, first and last byte (<c>seestar-protocol.md</c> §5.1).</summary>
    public (byte[] Header, byte[] Text) TextFrame(ReadOnlySpan<byte> header, ReadOnlySpan<byte> text)
    {
        var words = Encoding.Latin1.GetString(text);
        var masked = mask.Text(words);
        var bytes = masked == words ? text.ToArray() : Encoding.UTF8.GetBytes(masked);
        var changed = header.ToArray();
        if (masked != words)
        {
            (FrameHeader.Parse(header) with { PayloadLength = bytes.Length }).Write(changed, bytes[0], bytes[^1]);
        }

        return (changed, bytes);
    }

    private Secrecy TakeWaiting(string? id)
    {
        var found = _waiting.FindIndex(waiting => waiting.Id == id);
        var secrecy = found < 0 ? Secrecy.ByName : _waiting[found].Secrecy;
        if (found >= 0)
        {
            _waiting.RemoveAt(found);
        }

        return secrecy;
    }
}
