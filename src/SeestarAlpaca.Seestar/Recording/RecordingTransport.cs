using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>Opens connections as another transport does, and records what passes on them.</summary>
/// <remarks>Thread safe.</remarks>
/// <param name="inner">Opens the connections.</param>
/// <param name="recorder">Records them.</param>
public sealed class RecordingTransport(ITelescopeTransport inner, TrafficRecorder recorder) : ITelescopeTransport
{
    /// <inheritdoc/>
    public string Description => inner.Description;

    /// <inheritdoc/>
    public async ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken)
    {
        var stream = await inner.ConnectAsync(port, cancellationToken);
        return new RecordingStream(stream, recorder.Open(Recorded(port), inner.Description));
    }

    private static RecordedPort Recorded(TelescopePort port) => port switch
    {
        TelescopePort.Control => RecordedPort.Control,
        TelescopePort.Wide => RecordedPort.Wide,
        _ => RecordedPort.Image,
    };
}

/// <summary>A connection's stream; what is read and written is told to the recording.</summary>
internal sealed class RecordingStream(Stream inner, RecordedConnection recorded) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        recorded.TelescopeSent(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Before it is sent: its answer must not be told first.
        recorded.ClientSent(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        recorded.TelescopeSent(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        recorded.ClientSent(buffer.AsSpan(offset, count));
        inner.Write(buffer, offset, count);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        recorded.Dispose();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            recorded.Dispose();
        }

        base.Dispose(disposing);
    }
}
