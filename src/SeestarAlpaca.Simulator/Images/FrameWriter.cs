using System.Buffers;
using System.Net.Sockets;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>Writes frames, each header and payload in the pieces that its <see cref="PieceWriter"/> chooses.</summary>
/// <param name="writer">Where to.</param>
/// <param name="stray">A line that is put before each frame; empty for none.</param>
/// <param name="faults">Asked how a frame is spoilt; null for never.</param>
internal sealed class FrameWriter(PieceWriter writer, ReadOnlyMemory<byte> stray = default, IFaults? faults = null)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends a stall: the client has left.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Writes one frame, completely unless a fault wants it otherwise.</summary>
    public async ValueTask WriteAsync(Frame frame, CancellationToken cancellationToken)
    {
        var sent = faults?.NextFrame(frame) ?? OutgoingFrame.Of(frame);
        await writer.WriteAsync(sent.Before, cancellationToken);
        await WriteAsync(sent, cancellationToken);
        switch (sent.Ending)
        {
            case FrameEnding.Reset:
                writer.Reset();
                throw new SocketException((int)SocketError.ConnectionReset);
            case FrameEnding.Close:
                writer.Close();
                goto case FrameEnding.Stall;
            case FrameEnding.Stall:
                await _released.Task.WaitAsync(cancellationToken);
                break;
        }
    }

    private async ValueTask WriteAsync(OutgoingFrame frame, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceWriter.PieceLength + FrameHeader.Length);
        try
        {
            await writer.WriteAsync(stray, cancellationToken);
            var held = FrameHeader.Length;
            frame.Header.CopyTo(buffer, 0);
            if (!writer.JoinsHeader() || frame.Sent == 0)
            {
                await writer.WriteAsync(buffer.AsMemory(0, held), cancellationToken);
                held = 0;
            }

            for (var written = 0; written < frame.Sent;)
            {
                var length = writer.NextPiece(frame.Sent - written);
                frame.Payload.Copy(written, buffer.AsSpan(held, length));
                await writer.SendAsync(buffer.AsMemory(0, held + length), cancellationToken);
                (written, held) = (written + length, 0);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
