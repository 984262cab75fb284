using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>Waits for the requests of a client; what the bytes mean is <see cref="RtspRequest"/>'s business.</summary>
internal static class RtspReader
{
    /// <summary>Yields requests until the client ends its side.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="received">Called whenever anything arrived.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidDataException">The client sent what can never be a request.</exception>
    /// <exception cref="EndOfStreamException">The client ended within a request or a packet.</exception>
    public static async IAsyncEnumerable<RtspRequest> ReadAsync(
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

            while (RtspRequest.TryRead(ref rest, out var request))
            {
                yield return request;
            }

            if (result.IsCompleted)
            {
                if (!rest.IsEmpty)
                {
                    throw new EndOfStreamException("The client closed the connection within a request.");
                }

                yield break;
            }

            input.AdvanceTo(rest.Start, rest.End);
        }
    }
}
