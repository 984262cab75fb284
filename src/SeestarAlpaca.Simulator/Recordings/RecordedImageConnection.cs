using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Wire;
using ImageRequest = SeestarAlpaca.Simulator.Images.ImageRequest;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>One connection on an image port of a recorded telescope. A client that reads too slowly misses previews.</summary>
/// <param name="port">Which port.</param>
/// <param name="socket">The connection.</param>
/// <param name="playback">What is told.</param>
/// <param name="writer">Writes to the client.</param>
internal sealed class RecordedImageConnection(RecordedPort port, Socket socket, RecordedPlayback playback, PieceWriter writer)
{
    /// <summary>Commands that may wait.</summary>
    private const int MostRequests = 64;

    private static readonly ImageRequest Preview = new("", 0);

    private readonly Channel<ImageRequest> _requests = Channel.CreateBounded<ImageRequest>(MostRequests);
    private readonly NewestPreview _preview = new();
    private byte _streamId;

    /// <summary>Serves until either side ends the connection or it is silent for too long.</summary>
    public async Task ServeAsync(IdleLimit idle)
    {
        playback.JoinImages();
        var writing = WriteAsync(idle);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
            await foreach (var line in LineReader.ReadLinesAsync(input, idle.Restart, idle.Token))
            {
                writer.Recorded?.ClientLine(line);
                if (ImageRequest.Read(line) is { Method: not "" } request)
                {
                    await _requests.Writer.WriteAsync(request, idle.Token);
                }
            }
        }
        finally
        {
            playback.EndStream(Push);
            _requests.Writer.TryComplete();
            await writing;
        }
    }

    private void Push(RecordedFrame frame) => _preview.Put(frame, () => _requests.Writer.TryWrite(Preview));

    private async Task WriteAsync(IdleLimit idle)
    {
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync(idle.Token))
            {
                await AnswerAsync(request, idle.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // Nobody is there to be told.
        }
        catch (InvalidDataException damage)
        {
            playback.TellDamage(damage);
        }
        finally
        {
            // The reading side ends with this one.
            idle.End();
        }
    }

    private async Task AnswerAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        if (request == Preview)
        {
            await SendAsync(_preview.Take(), _streamId, cancellationToken);
            return;
        }

        switch (request.Method)
        {
            case "test_connection":
                await SendAsync(FrameForm.Connected(request.Id), cancellationToken);
                break;
            case "begin_streaming":
                _streamId = request.Id;
                await SendAsync(Frame.Text(ImageText.Done, PayloadForm.Text, request.Id), cancellationToken);
                playback.Stream(port, Push);
                break;
            case "stop_streaming":
                playback.EndStream(Push);
                _preview.Take();
                await SendAsync(Frame.Text(ImageText.Done, PayloadForm.Text, request.Id), cancellationToken);
                break;
            case "get_stacked_img":
                await SendOrRefuseAsync(playback.Stack(port), request.Id, cancellationToken);
                break;
            case "get_current_img":
                await SendOrRefuseAsync(playback.Sub(port), request.Id, cancellationToken);
                break;
            default:
                await SendAsync(FrameForm.UnknownMethod(request.Id), cancellationToken);
                break;
        }
    }

    private async Task SendOrRefuseAsync(RecordedFrame? frame, byte id, CancellationToken cancellationToken)
    {
        if (frame is null)
        {
            await SendAsync(FrameForm.NoImage(id), cancellationToken);
        }
        else
        {
            await SendAsync(frame, id, cancellationToken);
        }
    }

    private async Task SendAsync(RecordedFrame? frame, byte id, CancellationToken cancellationToken)
    {
        if (frame is null)
        {
            return;
        }

        await writer.WriteAsync(playback.Header(frame, id), cancellationToken);
        foreach (var piece in playback.Payload(frame))
        {
            await writer.WriteAsync(piece, cancellationToken);
        }
    }

    private ValueTask SendAsync(Frame frame, CancellationToken cancellationToken) => new FrameWriter(writer).WriteAsync(frame, cancellationToken);
}
