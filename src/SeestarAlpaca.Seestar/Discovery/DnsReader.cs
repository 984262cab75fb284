using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// Reads numbers, names and skips inside one DNS message, and never past its end. After a false answer the message is worthless.
/// </summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    private const int MaxLabel = 63;
    private const int MaxName = 255;

    /// <summary>A name has at most 127 labels, so a longer chain of pointers only wastes our time.</summary>
    private const int MaxPointers = 127;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _offset;

    public bool TryReadUInt16(out ushort value)
    {
        var read = TryReadBytes(sizeof(ushort), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : default;
        return read;
    }

    public bool TryReadUInt32(out uint value)
    {
        var read = TryReadBytes(sizeof(uint), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : default;
        return read;
    }

    public bool TryReadBytes(int count, out ReadOnlySpan<byte> bytes)
    {
        var fits = count <= _message.Length - _offset;
        bytes = fits ? _message.Slice(_offset, count) : default;
        _offset += bytes.Length;
        return fits;
    }

    /// <summary>
    /// Reads a name, following compression pointers (RFC 1035 §4.1.4) backwards only, so that every chain ends. The text is in presentation
    /// form (RFC 1035 §5.1): a dot inside a label is <c>\.</c>, and no label can pass for two.
    /// </summary>
    public bool TryReadName(out string name)
    {
        name = string.Empty;
        var text = new StringBuilder();
        var (position, start, end, length, pointers) = (_offset, _offset, -1, 1, 0);
        while (position < _message.Length)
        {
            int octet = _message[position++];
            if (octet == 0)
            {
                _offset = end < 0 ? position : end;
                name = text.ToString();
                return true;
            }

            if (octet >= 0xC0)
            {
                if (position >= _message.Length || ++pointers > MaxPointers)
                {
                    return false;
                }

                var target = ((octet & 0x3F) << 8) | _message[position++];
                if (target >= start)
                {
                    return false;
                }

                end = end < 0 ? position : end;
                (position, start) = (target, target);
                continue;
            }

            length += octet + 1;
            if (octet > MaxLabel || length > MaxName || octet > _message.Length - position)
            {
                return false;
            }

            AppendLabel(text, _message.Slice(position, octet));
            position += octet;
        }

        return false;
    }

    private static void AppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
        {
            text.Append('.');
        }

        foreach (var octet in label)
        {
            var character = (char)octet;
            _ = character switch
            {
                '.' or '\\' => text.Append('\\').Append(character),
                > ' ' and <= '~' => text.Append(character),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}"),
            };
        }
    }
}
