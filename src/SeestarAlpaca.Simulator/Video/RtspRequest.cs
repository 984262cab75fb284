using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>A request of an RTSP client (RFC 2326 §6).</summary>
/// <param name="Method">The method; case matters.</param>
/// <param name="Target">The address as it was sent; <c>*</c> for none.</param>
/// <param name="Version">Such as <c>RTSP/1.0</c>.</param>
/// <param name="Headers">By name, in which case does not matter; those that were sent twice are joined with a comma.</param>
internal sealed record RtspRequest(string Method, string Target, string Version, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The largest head of a request accepted, in bytes.</summary>
    public const int MaxHead = 8 * 1024;

    /// <summary>The largest body accepted, in bytes; bodies are not looked at.</summary>
    public const int MaxBody = 4 * 1024;

    /// <summary>The request's number; null if it has none that is one.</summary>
    public uint? Sequence => uint.TryParse(Header("CSeq"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The value of a header; null without it.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>
    /// Takes one request off the front of what has arrived. Packets of the client (RTCP, after <c>$</c>) and empty lines before it are dropped.
    /// </summary>
    /// <param name="input">What has arrived; afterwards what was not used.</param>
    /// <param name="request">The request.</param>
    /// <returns>False if more bytes are needed.</returns>
    /// <exception cref="InvalidDataException">The bytes can never be a request; the message says why.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out RtspRequest request)
    {
        request = null!;
        while (TrySkipPacket(ref input) || TrySkipEmptyLine(ref input))
        {
        }

        if (input.IsEmpty || input.FirstSpan[0] == Interleaved.Sign || !TryFindHead(input, out var head))
        {
            return false;
        }

        var parsed = Parse(Encoding.Latin1.GetString(head));
        var bodyLength = parsed.BodyLength();
        if (input.Length < head.Length + bodyLength)
        {
            return false;
        }

        input = input.Slice(head.Length + bodyLength);
        request = parsed;
        return true;
    }

    private static bool TrySkipPacket(ref ReadOnlySequence<byte> input)
    {
        if (input.Length < Interleaved.PrefixLength || input.FirstSpan[0] != Interleaved.Sign)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[Interleaved.PrefixLength];
        input.Slice(0, Interleaved.PrefixLength).CopyTo(prefix);
        var length = Interleaved.PrefixLength + BinaryPrimitives.ReadUInt16BigEndian(prefix[2..]);
        if (input.Length < length)
        {
            return false;
        }

        input = input.Slice(length);
        return true;
    }

    private static bool TrySkipEmptyLine(ref ReadOnlySequence<byte> input)
    {
        if (input.IsEmpty || input.FirstSpan[0] is not ((byte)'\r' or (byte)'\n'))
        {
            return false;
        }

        input = input.Slice(1);
        return true;
    }

    /// <summary>The head up to and with the empty line that ends it; lines end in CRLF or LF.</summary>
    private static bool TryFindHead(ReadOnlySequence<byte> input, out ReadOnlySequence<byte> head)
    {
        var bounded = input.Slice(0, Math.Min(input.Length, MaxHead));
        var reader = new SequenceReader<byte>(bounded);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
        {
            if (line.Length == 0 || (line.Length == 1 && line.FirstSpan[0] == '\r'))
            {
                head = bounded.Slice(0, reader.Position);
                return true;
            }
        }

        head = default;
        return bounded.Length < MaxHead ? false : throw new InvalidDataException($"A request's head has more than {MaxHead} bytes.");
    }

    private static RtspRequest Parse(string head)
    {
        var lines = head.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray();
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } target, { Length: > 0 } version] || !method.All(IsToken)
            || !version.StartsWith("RTSP/", StringComparison.Ordinal) || !target.All(IsVisible))
        {
            throw new InvalidDataException("A request begins with method, address and RTSP/1.0, with one space between them.");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || !line[..colon].All(IsToken) || line.Any(char.IsControl))
            {
                throw new InvalidDataException("A header is a name, a colon and a value.");
            }

            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before},{value}" : value;
        }

        return new RtspRequest(method, target, version, headers);
    }

    private int BodyLength()
    {
        if (Header("Content-Length") is not { } text)
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MaxBody
            ? length
            : throw new InvalidDataException($"A body has at most {MaxBody} bytes, not {text}.");
    }

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+' or '!';

    private static bool IsVisible(char c) => c is > ' ' and <= '~';
}
