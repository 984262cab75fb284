using System.IO.Compression;
using System.Text;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>Writes records to a stream, as they are or deflated. Not thread safe.</summary>
/// <param name="stream">Where to; not disposed with the writer.</param>
public sealed class RecordWriter(Stream stream) : IDisposable
{
    private readonly byte[] _head = new byte[RecordHead.Size];
    private readonly MemoryStream _deflated = new();

    /// <summary>Writes what a recording begins with.</summary>
    /// <param name="program">Name and version of the program.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async ValueTask BeginAsync(string program, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(RecordHead.Magic.ToArray(), cancellationToken);
        var start = Encoding.UTF8.GetBytes($$"""{"format":{{RecordHead.Version}},"program":"{{program}}"}""");
        await WriteAsync(RecordKind.Start, 0, TimeSpan.Zero, start, deflate: false, cancellationToken);
    }

    /// <summary>Writes one record.</summary>
    /// <param name="kind">What it tells.</param>
    /// <param name="connection">Of which connection.</param>
    /// <param name="time">Since the recording began.</param>
    /// <param name="payload">At most <see cref="RecordHead.MaxPayload"/> bytes.</param>
    /// <param name="deflate">Whether the payload is deflated where that makes it smaller.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async ValueTask WriteAsync(
        RecordKind kind, uint connection, TimeSpan time, ReadOnlyMemory<byte> payload, bool deflate, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, RecordHead.MaxPayload, nameof(payload));
        var stored = deflate ? Deflate(payload) : payload;
        RecordHead.For(kind, connection, time, stored.Span, payload.Length).Write(_head);
        await stream.WriteAsync(_head, cancellationToken);
        await stream.WriteAsync(stored, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _deflated.Dispose();

    private ReadOnlyMemory<byte> Deflate(ReadOnlyMemory<byte> payload)
    {
        _deflated.SetLength(0);
        using (var deflating = new DeflateStream(_deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflating.Write(payload.Span);
        }

        return _deflated.Length < payload.Length ? _deflated.GetBuffer().AsMemory(0, (int)_deflated.Length) : payload;
    }
}
