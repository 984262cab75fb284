namespace SeestarAlpaca.Seestar.Images;

/// <summary>
/// The payload of one frame: ends after exactly the announced number of bytes, says so when the connection ends before, and remembers the
/// last bytes that passed, where a ZIP archive keeps its directory.
/// </summary>
/// <remarks>Not thread safe. Read only, forward only. Disposing reads what is left, so that the next frame can be read.</remarks>
public sealed class PayloadStream : Stream
{
    /// <summary>How many of the last bytes are remembered. A ZIP64 directory of one short name takes about 190.</summary>
    public const int TailLength = 256;

    private readonly Stream _source;
    private readonly byte[] _ring = new byte[TailLength];

    /// <summary>Wraps the next bytes of a stream, which stays open.</summary>
    /// <param name="source">Positioned at the payload's first byte.</param>
    /// <param name="length">Bytes of the payload; 0 or more.</param>
    public PayloadStream(Stream source, int length)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (_source, TotalLength) = (source, length);
    }

    /// <summary>Bytes of the whole payload.</summary>
    public int TotalLength { get; }

    /// <summary>Bytes that have passed so far.</summary>
    public int Passed { get; private set; }

    /// <summary>Bytes still to come.</summary>
    public int Remaining => TotalLength - Passed;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => TotalLength;

    /// <inheritdoc/>
    public override long Position
    {
        get => Passed;
        set => throw new NotSupportedException("A payload is read once, from front to back.");
    }

    /// <summary>The last bytes that passed, at most <see cref="TailLength"/>, oldest first.</summary>
    public byte[] CopyTail()
    {
        var tail = new byte[Math.Min(Passed, TailLength)];
        for (var i = 0; i < tail.Length; i++)
        {
            tail[i] = _ring[(Passed - tail.Length + i) % TailLength];
        }

        return tail;
    }

    /// <summary>Reads and forgets what is left of the payload.</summary>
    /// <exception cref="EndOfStreamException">The connection ended inside the payload.</exception>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (Remaining > 0)
        {
            var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 << 10);
            try
            {
                while (await ReadAsync(buffer, cancellationToken) > 0)
                {
                }
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Math.Min(buffer.Length, Remaining);
        if (wanted == 0)
        {
            return 0;
        }

        var read = await _source.ReadAsync(buffer[..wanted], cancellationToken);
        return Note(buffer.Span, read);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var wanted = Math.Min(buffer.Length, Remaining);
        return wanted == 0 ? 0 : Note(buffer, _source.Read(buffer[..wanted]));
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await DrainAsync(CancellationToken.None);
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A payload is read once, from front to back.");

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A payload is only read.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A payload is only read.");

    private int Note(ReadOnlySpan<byte> buffer, int read)
    {
        if (read == 0)
        {
            throw new EndOfStreamException($"The connection closed inside a frame, after {Passed} of {TotalLength} payload bytes.");
        }

        var start = Math.Max(0, read - TailLength);
        for (var i = start; i < read; i++)
        {
            _ring[(Passed + i) % TailLength] = buffer[i];
        }

        Passed += read;
        return read;
    }
}
