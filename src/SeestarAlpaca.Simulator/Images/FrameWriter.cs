using System.Buffers;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>Writes frames, each header and payload in the pieces that its <see cref="PieceWriter"/> chooses.</summary>
/// <param name="writer">Where to.</param>
/// <param name="stray">A line that is put before each frame; empty for none.</param>
internal sealed class FrameWriter(PieceWriter writer, ReadOnlyMemory<byte> stray = default)
{
    /// <summary>Writes one frame completely.</summary>
    public async ValueTask WriteAsync(Frame frame, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceWriter.PieceLength + FrameHeader.Length);
        try
        {
            await writer.WriteAsync(stray, cancellationToken);
            var held = FrameHeader.Length;
            frame.Header.Write(buffer, frame.RepeatsEnds ? frame.Payload.First : (byte)0, frame.RepeatsEnds ? frame.Payload.Last : (byte)0);
            if (!writer.JoinsHeader())
            {
                await writer.WriteAsync(buffer.AsMemory(0, held), cancellationToken);
                held = 0;
            }

            for (var written = 0; written < frame.Payload.Length;)
            {
                var length = writer.NextPiece(frame.Payload.Length - written);
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
