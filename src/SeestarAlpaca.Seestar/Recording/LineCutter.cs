using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>What passes on a connection, cut into messages.</summary>
internal interface IMessageSink
{
    /// <summary>A line without its end; never empty.</summary>
    void Line(ReadOnlySpan<byte> line);

    /// <summary>Bytes that are no message.</summary>
    void Unreadable(long bytes);
}

/// <summary>Cuts bytes into lines. What is longer than a line can be is counted and forgotten up to the next one.</summary>
/// <param name="sink">Told of the lines.</param>
internal sealed class LineCutter(IMessageSink sink)
{
    private byte[] _line = new byte[1024];
    private int _length;
    private long _tooLong;

    /// <summary>Whether a line has begun and not ended.</summary>
    public bool IsWithin => _length > 0 || _tooLong > 0;

    /// <summary>Takes further bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[TakeLine(bytes)..];
        }
    }

    /// <summary>Takes the bytes up to the end of a line, or all.</summary>
    /// <returns>How many were taken.</returns>
    public int TakeLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        Append(end < 0 ? bytes : bytes[..end]);
        if (end < 0)
        {
            return bytes.Length;
        }

        Finish(isWhole: true);
        return end + 1;
    }

    /// <summary>The connection has ended.</summary>
    public void End() => Finish(isWhole: false);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_tooLong > 0 || _length + bytes.Length > ControlLines.MaxLength)
        {
            (_tooLong, _length) = (_tooLong + _length + bytes.Length, 0);
            return;
        }

        if (_length + bytes.Length > _line.Length)
        {
            Array.Resize(ref _line, Math.Max(2 * _line.Length, _length + bytes.Length));
        }

        bytes.CopyTo(_line.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Finish(bool isWhole)
    {
        var line = _line.AsSpan(0, _length).TrimEnd((byte)'\r');
        if (_tooLong > 0 || (!isWhole && _length > 0))
        {
            sink.Unreadable(_tooLong + _length);
        }
        else if (!line.IsEmpty)
        {
            sink.Line(line);
        }

        (_length, _tooLong) = (0, 0);
    }
}
