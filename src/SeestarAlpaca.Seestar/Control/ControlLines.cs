using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>Cuts the control port's bytes into lines. They end in CRLF; a lone LF is tolerated, empty lines are skipped.</summary>
public static class ControlLines
{
    /// <summary>The longest line accepted, in bytes. A full device state takes about 4 KB, a long album list some 100 KB.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Takes the next line off the buffer.</summary>
    /// <param name="buffer">Moved behind the line; untouched when none is complete.</param>
    /// <param name="line">The line without its end.</param>
    /// <returns>False when more bytes are needed.</returns>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r')
        {
            line = line.Slice(0, line.Length - 1);
        }

        return true;
    }

    /// <summary>Reads lines until the peer closes between two of them.</summary>
    /// <returns>Each line without its end, in memory of its own; none is empty.</returns>
    /// <exception cref="EndOfStreamException">The peer closed inside a line.</exception>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            try
            {
                while (TryRead(ref buffer, out var line))
                {
                    Limit(line.Length);
                    if (!line.IsEmpty)
                    {
                        yield return line.ToArray();
                    }
                }

                Limit(buffer.Length);
                if (result.IsCompleted)
                {
                    if (!buffer.IsEmpty)
                    {
                        throw new EndOfStreamException($"The connection closed inside a line, after {buffer.Length} bytes.");
                    }

                    yield break;
                }
            }
            finally
            {
                input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    private static void Limit(long length)
    {
        if (length > MaxLength)
        {
            throw new InvalidDataException($"The telescope sent a line of more than {MaxLength} bytes.");
        }
    }
}
