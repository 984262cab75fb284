using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace SeestarAlpaca.Simulator.Wire;

/// <summary>Cuts what a client sends into lines that end in CRLF or LF. Empty lines are left out.</summary>
internal static class LineReader
{
    /// <summary>The longest line accepted, in bytes, without its end.</summary>
    public const int MaxLine = 64 * 1024;

    /// <summary>Yields lines until the client ends its side.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="received">Called whenever anything arrived.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="MaxLine"/>.</exception>
    /// <exception cref="EndOfStreamException">The client ended inside a line.</exception>
    public static async IAsyncEnumerable<byte[]> ReadLinesAsync(
        PipeReader input, Action received, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var rest = result.Buffer;
            if (!rest.IsEmpty)
            {
                received();
            }

            while (TryTake(ref rest, out var line))
            {
                if (line.Length > 0)
                {
                    yield return line;
                }
            }

            if (rest.Length > MaxLine)
            {
                throw new InvalidDataException($"A line has more than {MaxLine} bytes.");
            }

            if (result.IsCompleted)
            {
                if (!rest.IsEmpty)
                {
                    throw new EndOfStreamException("The client closed the connection inside a line.");
                }

                yield break;
            }

            input.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Takes one line, without its end, off the front; false leaves <paramref name="rest"/> as it is.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> rest, out byte[] line)
    {
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            line = [];
            return false;
        }

        var text = rest.Slice(0, end);
        if (text.Length > MaxLine + 1)
        {
            throw new InvalidDataException($"A line has more than {MaxLine} bytes.");
        }

        line = text.ToArray();
        line = line is [.. var before, (byte)'\r'] ? before : line;
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }
}
