using System.Net.Sockets;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Connections;

namespace SeestarAlpaca.Simulator.Wire;

/// <summary>Writes bytes as a telescope does, in pieces of 512 KiB (<c>seestar-protocol.md</c> §5.4), or in small pieces of random length.</summary>
/// <param name="socket">Where to; its Nagle delay should be off, so that each piece is a segment.</param>
/// <param name="random">Lengths of small pieces; null for whole pieces.</param>
/// <param name="bandwidth">How fast bytes get through; null for no limit.</param>
internal sealed class PieceWriter(Socket socket, Random? random, Bandwidth? bandwidth = null)
{
    /// <summary>The largest piece.</summary>
    public const int PieceLength = 524_288;

    /// <summary>The largest of the small pieces that random writing makes, in bytes.</summary>
    private const int SmallPieceLength = 16_384;

    private bool _muted;

    /// <summary>Told of all that is sent, and of the client's lines; null for nobody.</summary>
    public RecordedConnection? Recorded { get; init; }

    /// <summary>Whether nothing is sent any more, and nobody is told. Safe to be set anywhere.</summary>
    public bool IsMuted
    {
        get => Volatile.Read(ref _muted);
        set => Volatile.Write(ref _muted, value);
    }

    /// <summary>How many bytes the next piece has.</summary>
    /// <param name="left">Bytes still to be written; at least 1.</param>
    public int NextPiece(long left)
    {
        // A quarter of the pieces is tiny, so that lines and headers are cut as well.
        var length = random is null ? bandwidth is null ? PieceLength : Bandwidth.PieceLength : random.Next(random.Next(4) == 0 ? 8 : SmallPieceLength) + 1;
        return (int)Math.Min(left, length);
    }

    /// <summary>Whether a frame's header goes out together with the beginning of its payload.</summary>
    public bool JoinsHeader() => random?.Next(2) == 0;

    /// <summary>Writes bytes in pieces.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var length = NextPiece(bytes.Length);
            await SendAsync(bytes[..length], cancellationToken);
            bytes = bytes[length..];
        }
    }

    /// <summary>Writes one piece.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (bandwidth is not null)
        {
            await bandwidth.PassAsync(piece.Length, cancellationToken);
        }

        while (!piece.IsEmpty && !IsMuted)
        {
            var sent = await socket.SendAsync(piece, SocketFlags.None, cancellationToken);
            Recorded?.TelescopeSent(piece.Span[..sent]);
            piece = piece[sent..];
        }
    }

    /// <summary>Resets the connection: what is on the way may be lost.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Ends the telescope's side of the connection in an orderly way.</summary>
    public void Close() => socket.Shutdown(SocketShutdown.Send);
}
