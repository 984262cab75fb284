using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>One connection on a video port: requests in; replies, and the packets of a video that plays, out.</summary>
/// <param name="socket">The client.</param>
/// <param name="clip">Gets the loop, or throws <see cref="VideoUnavailableException"/>.</param>
/// <param name="time">Real time.</param>
/// <param name="random">For the session; used by this connection only.</param>
internal sealed class RtspConnection(Socket socket, Func<CancellationToken, Task<VideoClip>> clip, TimeProvider time, Random random) : IDisposable
{
    /// <summary>What the operating system may hold back for a client, in bytes, so that one that does not read is noticed soon.</summary>
    private const int SendBuffer = 128 * 1024;

    private readonly RtspDialogue _dialogue = new(clip, ((IPEndPoint)socket.LocalEndPoint!).Address, time, random);
    private readonly PieceWriter _writer = new(socket, random: null);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly IdleLimit _idle = new(RtspDialogue.Timeout, time, CancellationToken.None);
    private CancellationTokenSource? _stop;
    private Task _playing = Task.CompletedTask;

    /// <summary>Serves until either side ends the connection, or the client is silent for too long.</summary>
    /// <exception cref="InvalidDataException">The client sent what can never be a request; it has been told so.</exception>
    /// <exception cref="EndOfStreamException">The client ended within a request.</exception>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static idle => ((IdleLimit)idle!).End(), _idle);
        socket.SendBufferSize = SendBuffer;
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            await foreach (var request in RtspReader.ReadAsync(input, _idle.Restart, _idle.Token))
            {
                await AnswerAsync(request);
            }
        }
        catch (InvalidDataException)
        {
            await SendAsync(new RtspReply(RtspStatus.BadRequest).ToBytes(sequence: null), _idle.Token);
            throw;
        }
        finally
        {
            _idle.End();
            await _playing;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop?.Dispose();
        _idle.Dispose();
        _turn.Dispose();
    }

    private async Task AnswerAsync(RtspRequest request)
    {
        var reply = await _dialogue.AnswerAsync(request, _idle.Token);
        if (_dialogue.Playing is null && _stop is not null)
        {
            await _stop.CancelAsync();
            await _playing;
            _stop.Dispose();
            _stop = null;
        }

        await SendAsync(reply.ToBytes(request.Sequence), _idle.Token);
        if (_dialogue.Playing is { } order && _stop is null)
        {
            _stop = new CancellationTokenSource();
            _playing = PlayAsync(new Playback(order, time, SendAsync), _stop.Token);
        }
    }

    private async Task PlayAsync(Playback playback, CancellationToken stop)
    {
        try
        {
            await playback.RunAsync(stop, _idle.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // The client is gone, and reading ends too.
            _idle.End();
        }
    }

    /// <summary>Replies and frames take turns, so that no packet is torn apart.</summary>
    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _writer.WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
