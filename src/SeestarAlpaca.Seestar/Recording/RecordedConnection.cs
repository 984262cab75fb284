using System.Buffers;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>A telescope's ports that are recorded.</summary>
public enum RecordedPort
{
    /// <summary>Commands and events, 4700.</summary>
    Control,

    /// <summary>Pictures of the telephoto camera, 4800.</summary>
    Image,

    /// <summary>Pictures of the wide camera, 4804.</summary>
    Wide,
}

/// <summary>
/// One connection as it is recorded. It is told what passes and never waits for the disk: what that cannot take is left out, and the recording says how
/// much.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class RecordedConnection : IDisposable, IFrameSink
{
    /// <summary>Frames are recorded in pieces of so many bytes.</summary>
    private const int PieceLength = 64 << 10;

    /// <summary>What is not known of a header's end is zero on telescopes (<c>seestar-protocol.md</c> §5.1), and recorded as that.</summary>
    private const int KnownHeader = 30;

    private readonly Lock _gate = new();
    private readonly TrafficRecorder _recorder;
    private readonly RecordedPort _port;
    private readonly LineCutter _controlLines;
    private readonly FrameCutter _frames;
    private readonly LineCutter _clientLines;
    private readonly byte[] _header = new byte[FrameHeader.Length];
    private FrameHeader _frame;
    private TimeSpan _frameTime;
    private byte[]? _piece;
    private int _pieceLength;
    private TimeSpan _pieceTime;
    private FrameState _state;
    private long _unreadable;
    private long _leftOut;
    private bool _closed;

    internal RecordedConnection(TrafficRecorder recorder, RecordedPort port, uint number, MaskedDialogue dialogue)
    {
        (_recorder, _port, Number, Dialogue) = (recorder, port, number, dialogue);
        (_controlLines, _frames, _clientLines) = (new LineCutter(this), new FrameCutter(this), new LineCutter(new ClientSink(this)));
    }

    private enum FrameState
    {
        /// <summary>Nothing of the frame is in the recording.</summary>
        Begun,

        /// <summary>Its header is.</summary>
        Told,

        /// <summary>The rest of it will not be.</summary>
        Lost,
    }

    internal uint Number { get; }

    internal MaskedDialogue Dialogue { get; }

    /// <summary>Tells of bytes that the telescope sent.</summary>
    public void TelescopeSent(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                if (_port == RecordedPort.Control)
                {
                    _controlLines.Take(bytes);
                }
                else
                {
                    _frames.Take(bytes);
                }
            }
        }
    }

    /// <summary>Tells of bytes that the client sent.</summary>
    public void ClientSent(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _clientLines.Take(bytes);
            }
        }
    }

    /// <summary>Tells of a whole line that the client sent, without its end.</summary>
    public void ClientLine(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            ClientSent(line);
            ClientSent("\n"u8);
        }
    }

    /// <summary>Tells that the connection has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _controlLines.End();
            _frames.End();
            _clientLines.End();
            SendPiece();
            TellUnreadable();
            _closed = true;
            TellLeftOut();
            _recorder.Tell(RecordKind.Closed, this);
        }
    }

    void IMessageSink.Line(ReadOnlySpan<byte> line) => SendLine(RecordKind.TelescopeLine, line);

    void IMessageSink.Unreadable(long bytes) => _recorder.Tell(RecordKind.Unreadable, this, bytes);

    void IFrameSink.Frame(FrameHeader header, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_header);
        _header.AsSpan(KnownHeader).Clear();
        (_frame, _frameTime, _state) = (header, _recorder.Now, FrameState.Begun);
    }

    void IFrameSink.Data(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_state == FrameState.Lost)
            {
                _leftOut += _unreadable == 0 ? bytes.Length : 0;
                _unreadable += _unreadable > 0 ? bytes.Length : 0;
                return;
            }

            _piece ??= ArrayPool<byte>.Shared.Rent(PieceLength);
            _pieceTime = _pieceLength == 0 ? _recorder.Now : _pieceTime;
            var taken = Math.Min(PieceLength - _pieceLength, bytes.Length);
            bytes[..taken].CopyTo(_piece.AsSpan(_pieceLength));
            _pieceLength += taken;
            bytes = bytes[taken..];
            if (_pieceLength == PieceLength)
            {
                SendPiece();
            }
        }
    }

    void IFrameSink.EndOfFrame()
    {
        SendPiece();
        if (_state == FrameState.Begun)
        {
            BeginFrame();
        }

        TellUnreadable();
    }

    private void SendLine(RecordKind kind, ReadOnlySpan<byte> line)
    {
        TellLeftOut();
        var bytes = ArrayPool<byte>.Shared.Rent(line.Length);
        line.CopyTo(bytes);
        if (!_recorder.TryWrite(new Traffic(kind, this, _recorder.Now, bytes, line.Length)))
        {
            _leftOut += line.Length;
        }
    }

    private void SendPiece()
    {
        if (_pieceLength == 0)
        {
            return;
        }

        var (piece, length) = (_piece!, _pieceLength);
        (_piece, _pieceLength) = (null, 0);
        if (_state == FrameState.Begun && !IsPicture(piece.AsSpan(0, length)))
        {
            // It may hold anything: a log, a file.
            (_state, _unreadable) = (FrameState.Lost, length);
            ArrayPool<byte>.Shared.Return(piece);
            return;
        }

        if (_frame.Kind == FrameKind.Text)
        {
            SendText(piece, length);
            return;
        }

        if (_state == FrameState.Begun)
        {
            BeginFrame();
        }

        if (_state == FrameState.Lost)
        {
            _leftOut += length;
            ArrayPool<byte>.Shared.Return(piece);
        }
        else if (!_recorder.TryWrite(new Traffic(RecordKind.FrameData, this, _pieceTime, piece, length) { Deflates = _frame.Form == PayloadForm.Raw }))
        {
            (_state, _leftOut) = (FrameState.Lost, _leftOut + length);
        }
    }

    /// <summary>Header and text go together: what is masked may change the text's length, which the header tells.</summary>
    private void SendText(byte[] piece, int length)
    {
        _state = FrameState.Told;
        TellLeftOut();
        var bytes = ArrayPool<byte>.Shared.Rent(_header.Length + length);
        _header.CopyTo(bytes, 0);
        piece.AsSpan(0, length).CopyTo(bytes.AsSpan(_header.Length));
        ArrayPool<byte>.Shared.Return(piece);
        if (!_recorder.TryWrite(new Traffic(RecordKind.Frame, this, _frameTime, bytes, _header.Length + length)))
        {
            _leftOut += length;
        }
    }

    private void BeginFrame()
    {
        TellLeftOut();
        var bytes = ArrayPool<byte>.Shared.Rent(_header.Length);
        _header.CopyTo(bytes, 0);
        _state = _recorder.TryWrite(new Traffic(RecordKind.Frame, this, _frameTime, bytes, _header.Length)) ? FrameState.Told : FrameState.Lost;
        _leftOut += _state == FrameState.Lost ? _header.Length : 0;
    }

    /// <summary>Whether a payload is what its header says, as far as that shows at its beginning: samples, or an archive of samples, or a text.</summary>
    private bool IsPicture(ReadOnlySpan<byte> beginning)
    {
        var pixels = (long)_frame.Width * _frame.Height;
        return _frame.Kind switch
        {
            FrameKind.Text => _frame.Form is PayloadForm.Text or PayloadForm.TextError,
            FrameKind.Single or FrameKind.Stacked when _frame.Form == PayloadForm.Raw => _frame.PayloadLength == pixels * 2 || _frame.PayloadLength == pixels * 6,
            FrameKind.Single or FrameKind.Stacked when _frame.Form == PayloadForm.Zip => beginning.StartsWith("PK\x3\x4"u8) && beginning.Length > 38 && beginning[30..38].SequenceEqual("raw_data"u8),
            _ => false,
        };
    }

    private void TellLeftOut()
    {
        if (_leftOut > 0 && (_closed || _recorder.HasRoom))
        {
            _recorder.Tell(RecordKind.LeftOut, this, _leftOut);
            _leftOut = 0;
        }
    }

    private void TellUnreadable()
    {
        if (_unreadable > 0)
        {
            _recorder.Tell(RecordKind.Unreadable, this, _unreadable);
            _unreadable = 0;
        }
    }

    private sealed class ClientSink(RecordedConnection connection) : IMessageSink
    {
        public void Line(ReadOnlySpan<byte> line) => connection.SendLine(RecordKind.ClientLine, line);

        public void Unreadable(long bytes) => connection._recorder.Tell(RecordKind.Unreadable, connection, bytes);
    }
}
