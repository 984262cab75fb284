using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>One connection on the control port of a recorded telescope: what was recorded is told and answered.</summary>
/// <param name="socket">The connection.</param>
/// <param name="playback">What is told.</param>
/// <param name="writer">Writes to the client.</param>
internal sealed class RecordedControlConnection(Socket socket, RecordedPlayback playback, PieceWriter writer)
{
    /// <summary>Lines that may wait for a slow client; one more ends the connection.</summary>
    private const int MostLines = 2048;

    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(MostLines);

    /// <summary>Serves until either side ends the connection or it is silent for too long.</summary>
    public async Task ServeAsync(IdleLimit idle)
    {
        void Send(byte[] line)
        {
            if (!_outgoing.Writer.TryWrite(line))
            {
                idle.End();
            }
        }

        playback.Join(Send);
        var writing = WriteAsync(idle);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
            await foreach (var line in LineReader.ReadLinesAsync(input, idle.Restart, idle.Token))
            {
                writer.Recorded?.ClientLine(line);
                if (Answer(line) is { } answer)
                {
                    Send(answer);
                }
            }
        }
        catch (InvalidDataException damage) when (!idle.Token.IsCancellationRequested)
        {
            playback.TellDamage(damage);
        }
        finally
        {
            playback.Leave(Send);
            _outgoing.Writer.TryComplete();
            await writing;
        }
    }

    /// <summary>
    /// The answer to a request; null for none. The handshake of locked firmware is answered as by firmware that has none: neither challenge nor signature
    /// is recorded, so there is nothing to verify, and what was recorded is open to everybody.
    /// </summary>
    private byte[]? Answer(byte[] line)
    {
        if (Request.Read(line) is not { } request)
        {
            return Refusal(ErrorCodes.ParseError, null);
        }

        if (request.Method is "get_verify_str" or "verify_client" or "pi_is_verified")
        {
            return Refusal(ErrorCodes.MethodNotFound, request);
        }

        return request.Id is not { } id ? null
            : playback.Answer(request.Method, request.Params?.GetRawText(), id.GetRawText())
                ?? (playback.Index.Asked.Contains(request.Method) ? null : Default(request));
    }

    /// <summary>What nobody had asked for when it was recorded.</summary>
    private static byte[] Default(Request request) => request.Method == "test_connection"
        ? WireText.Line(Reply(request, "result", "server connected!", 0))
        : Refusal(ErrorCodes.MethodNotFound, request);

    private static byte[] Refusal(int code, Request? request) => WireText.Line(Reply(request, "error", ErrorCodes.Text(code), code));

    private static WireObject Reply(Request? request, string member, string text, int code)
    {
        var reply = new WireObject { ["jsonrpc"] = "2.0" };
        if (request is not null)
        {
            reply["method"] = request.Method;
        }

        reply[member] = text;
        reply["code"] = code;
        if (request?.Id is { } id)
        {
            reply["id"] = id;
        }

        return reply;
    }

    private async Task WriteAsync(IdleLimit idle)
    {
        try
        {
            await foreach (var line in _outgoing.Reader.ReadAllAsync(idle.Token))
            {
                await writer.WriteAsync(line, idle.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // Nobody is there to be told.
        }
        finally
        {
            // The reading side ends with this one.
            idle.End();
        }
    }
}
