using System.IO.Pipelines;

namespace SeestarAlpaca.Seestar.Tests.Wire;

/// <summary>A connection in memory: what is written at one end is read at the other.</summary>
internal sealed class StreamPair
{
    public StreamPair()
    {
        // What the telescope writes is taken before its write returns, so that a test knows it as read.
        var down = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
        var up = new Pipe(new PipeOptions(useSynchronizationContext: false));
        Client = new PipeEnd(down.Reader, up.Writer);
        Telescope = new PipeEnd(up.Reader, down.Writer) { Peer = Client };
    }

    public PipeEnd Client { get; }

    public PipeEnd Telescope { get; }
}

/// <summary>One end of a connection in memory.</summary>
internal sealed class PipeEnd(PipeReader input, PipeWriter output) : Stream
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when this end was closed.</summary>
    public Task Closed => _closed.Task;

    /// <summary>The other end; null at the client's.</summary>
    public PipeEnd? Peer { get; init; }

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
        var result = await input.ReadAsync(cancellationToken);
        if (result.IsCanceled)
        {
            throw new IOException("This end was closed.");
        }

        var taken = result.Buffer.Slice(0, Math.Min(buffer.Length, result.Buffer.Length));
        var position = buffer;
        foreach (var segment in taken)
        {
            segment.CopyTo(position);
            position = position[segment.Length..];
        }

        input.AdvanceTo(taken.End);
        return (int)taken.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if ((await output.FlushAsync(cancellationToken)).IsCompleted)
        {
            throw new IOException("Broken pipe.");
        }

        await output.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Says that nothing more will be sent from this end, which still reads.</summary>
    public void Finish() => output.Complete();

    /// <summary>Ends the connection as a reset does: the other end's next read fails.</summary>
    public void Reset() => End(new IOException("Connection reset by peer."));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");

    protected override void Dispose(bool disposing)
    {
        End(null);
        base.Dispose(disposing);
    }

    private void End(Exception? exception)
    {
        if (_closed.TrySetResult())
        {
            output.Complete(exception);
            input.CancelPendingRead();
            input.Complete();
        }
    }
}
