using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>What passes on an image connection, cut into messages.</summary>
internal interface IFrameSink : IMessageSink
{
    /// <summary>A frame's header.</summary>
    /// <param name="header">What it says.</param>
    /// <param name="bytes">Its 80 bytes.</param>
    void Frame(FrameHeader header, ReadOnlySpan<byte> bytes);

    /// <summary>Some of the frame's payload.</summary>
    void Data(ReadOnlySpan<byte> bytes);

    /// <summary>The frame's payload is complete.</summary>
    void EndOfFrame();
}

/// <summary>
/// Cuts what a telescope sends on an image port into frames and bare JSON lines (<c>seestar-protocol.md</c> §5.7). What can be neither is counted; after
/// it nothing more can be understood on that connection.
/// </summary>
/// <param name="sink">Told of the messages.</param>
internal sealed class FrameCutter(IFrameSink sink)
{
    private readonly LineCutter _lines = new(sink);
    private readonly byte[] _header = new byte[FrameHeader.Length];
    private int _headerLength;
    private int _left;
    private bool _lost;
    private long _unreadable;

    /// <summary>Takes further bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[TakeSome(bytes)..];
        }
    }

    /// <summary>The connection has ended.</summary>
    public void End()
    {
        _lines.End();
        if (_unreadable + _headerLength > 0)
        {
            sink.Unreadable(_unreadable + _headerLength);
        }

        (_unreadable, _headerLength) = (0, 0);
    }

    private int TakeSome(ReadOnlySpan<byte> bytes)
    {
        if (_lost)
        {
            _unreadable += bytes.Length;
            return bytes.Length;
        }

        if (_left > 0)
        {
            var data = bytes[..Math.Min(_left, bytes.Length)];
            sink.Data(data);
            _left -= data.Length;
            EndIfComplete();
            return data.Length;
        }

        return _lines.IsWithin || (_headerLength == 0 && bytes[0] == (byte)'{') ? _lines.TakeLine(bytes) : TakeHeader(bytes);
    }

    private int TakeHeader(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_header.Length - _headerLength, bytes.Length);
        bytes[..taken].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += taken;
        if (_headerLength == _header.Length)
        {
            try
            {
                var header = FrameHeader.Parse(_header);
                sink.Frame(header, _header);
                (_left, _headerLength) = (header.PayloadLength, 0);
                EndIfComplete();
            }
            catch (InvalidDataException)
            {
                _lost = true;
            }
        }

        return taken;
    }

    private void EndIfComplete()
    {
        if (_left == 0)
        {
            sink.EndOfFrame();
        }
    }
}
