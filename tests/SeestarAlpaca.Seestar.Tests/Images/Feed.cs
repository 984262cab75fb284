using System.IO.Pipelines;

namespace SeestarAlpaca.Seestar.Tests.Images;

/// <summary>Feeds bytes to a reader in pieces of an exact size, through a pipe: the next piece is written when the last one was taken.</summary>
internal static class Feed
{
    public static async Task<T> InPiecesAsync<T>(ReadOnlyMemory<byte> bytes, int piece, Func<Stream, Task<T>> read, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
        var feeding = WriteAsync(pipe.Writer, bytes, piece, cancellationToken);
        try
        {
            return await read(pipe.Reader.AsStream(leaveOpen: true));
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await feeding;
        }
    }

    private static async Task WriteAsync(PipeWriter writer, ReadOnlyMemory<byte> bytes, int piece, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(piece, bytes.Length);
            if ((await writer.WriteAsync(bytes[..length], cancellationToken)).IsCompleted)
            {
                break;
            }

            bytes = bytes[length..];
        }

        await writer.CompleteAsync();
    }
}
