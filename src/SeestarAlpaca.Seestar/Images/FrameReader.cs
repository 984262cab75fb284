using System.Text;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>One message of an image port: a <see cref="FrameMessage"/> or a <see cref="LineMessage"/>.</summary>
public abstract class ImageMessage;

/// <summary>A frame: header and payload. The payload must be read or drained before the next message.</summary>
public sealed class FrameMessage(FrameHeader header, PayloadStream payload) : ImageMessage
{
    /// <summary>What the payload is.</summary>
    public FrameHeader Header { get; } = header;

    /// <summary>Exactly the payload's bytes, as they arrive.</summary>
    public PayloadStream Payload { get; } = payload;
}

/// <summary>A JSON line that came without a header, such as the alert that all connections are in use (<c>seestar-protocol.md</c> §5.7).</summary>
public sealed class LineMessage(string text) : ImageMessage
{
    /// <summary>The line without its end.</summary>
    public string Text { get; } = text;
}

/// <summary>
/// Reads the messages of an image port (4800, 4804). Owns waiting for bytes; <see cref="FrameHeader"/> owns their meaning. The first byte of a
/// message decides: <c>{</c> is a JSON line, 03 a header, anything else means that reader and telescope are out of step.
/// </summary>
/// <remarks>Not thread safe: one message at a time.</remarks>
/// <param name="stream">The connection; disposed with the reader.</param>
/// <param name="maxPayload">The largest payload accepted, in bytes.</param>
public sealed class FrameReader(Stream stream, int maxPayload = FrameHeader.DefaultMaxPayload) : IAsyncDisposable
{
    /// <summary>The longest JSON line accepted, in bytes.</summary>
    public const int MaxLine = 64 << 10;

    private readonly BufferedStream _input = new(stream, 64 << 10);
    private readonly byte[] _header = new byte[FrameHeader.Length];
    private PayloadStream? _payload;
    private long _passedBefore;

    /// <summary>Bytes that have passed so far, the present payload's included. Readable from any thread.</summary>
    public long Passed => Volatile.Read(ref _passedBefore) + (Volatile.Read(ref _payload)?.Passed ?? 0);

    /// <summary>Waits for the next message, after reading what was left of the payload before; null once the peer has closed between two messages.</summary>
    /// <exception cref="EndOfStreamException">The peer closed the connection inside a message.</exception>
    /// <exception cref="InvalidDataException">The bytes cannot be a message; the connection is unusable.</exception>
    public async ValueTask<ImageMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_payload is not null)
        {
            await _payload.DrainAsync(cancellationToken);
            Interlocked.Add(ref _passedBefore, _payload.TotalLength);
            _payload = null;
        }

        if (await _input.ReadAsync(_header.AsMemory(0, 1), cancellationToken) == 0)
        {
            return null;
        }

        Interlocked.Increment(ref _passedBefore);
        return _header[0] switch
        {
            (byte)'{' => new LineMessage(await ReadLineAsync(cancellationToken)),
            0x03 => await ReadFrameAsync(cancellationToken),
            _ => throw new InvalidDataException($"A message starts with 03 or '{{', not {_header[0]:X2}; the connection is out of step."),
        };
    }

    /// <summary>Closes the connection; a message being read then fails.</summary>
    /// <remarks>Not by way of the buffer: its disposal would wait for the read under way to end.</remarks>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async ValueTask<FrameMessage> ReadFrameAsync(CancellationToken cancellationToken)
    {
        var read = await _input.ReadAtLeastAsync(_header.AsMemory(1), _header.Length - 1, throwOnEndOfStream: false, cancellationToken);
        if (read < _header.Length - 1)
        {
            throw new EndOfStreamException($"The connection closed inside a frame header, after {read + 1} of {_header.Length} bytes.");
        }

        var header = FrameHeader.Parse(_header, maxPayload);
        _payload = new PayloadStream(_input, header.PayloadLength);
        return new FrameMessage(header, _payload);
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new byte[1024];
        var length = 0;
        for (line[length++] = (byte)'{'; line[length - 1] != (byte)'\n'; length++)
        {
            if (length == MaxLine)
            {
                throw new InvalidDataException($"A JSON line between frames is longer than {MaxLine} bytes; the connection is out of step.");
            }

            if (length == line.Length)
            {
                Array.Resize(ref line, line.Length * 2);
            }

            if (await _input.ReadAsync(line.AsMemory(length, 1), cancellationToken) == 0)
            {
                throw new EndOfStreamException($"The connection closed inside a JSON line, after {length} bytes.");
            }
        }

        return Encoding.UTF8.GetString(line, 0, length).TrimEnd('\r', '\n');
    }
}
