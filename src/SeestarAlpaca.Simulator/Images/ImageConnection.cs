using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// One connection on an image port: commands in, frames out, one at a time (<c>seestar-protocol.md</c> §5.7, §5.8). A client that reads
/// too slowly misses previews; nothing piles up.
/// </summary>
internal sealed class ImageConnection(Socket socket, IImageFeed feed, ImageTraffic traffic, FrameWriter writer, FrameForm form, Unknowns unknowns)
    : IPreviewListener
{
    /// <summary>Commands that may wait; the next is read when one has been answered. A slow network lets a picture take longer than many heartbeats.</summary>
    private const int MostRequests = 64;

    private static readonly ImageRequest Preview = new("", 0);

    private readonly Channel<ImageRequest> _requests = Channel.CreateBounded<ImageRequest>(MostRequests);
    private int _previewWaits;
    private volatile bool _streams;
    private bool _hasStreamed;
    private byte _streamId;

    /// <summary>Told of the client's lines; null for nobody.</summary>
    public RecordedConnection? Recorded { get; init; }

    /// <inheritdoc/>
    public void OnPreview()
    {
        if (Interlocked.Exchange(ref _previewWaits, 1) != 0 || !_requests.Writer.TryWrite(Preview))
        {
            traffic.DropPreview();
        }
    }

    /// <inheritdoc/>
    public void OnEnd() => _streams = false;

    /// <summary>Serves until either side ends the connection or it is silent for too long.</summary>
    public async Task ServeAsync(IdleLimit idle)
    {
        var writing = WriteAsync(idle);
        try
        {
            await ReadAsync(idle);
        }
        finally
        {
            feed.EndStream(this);
            _requests.Writer.Complete();
            writer.Release();
            await writing;
        }
    }

    private async Task ReadAsync(IdleLimit idle)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        await foreach (var line in LineReader.ReadLinesAsync(input, idle.Restart, idle.Token))
        {
            Recorded?.ClientLine(line);
            if (ImageRequest.Read(line) is { Method: not "" } request)
            {
                await _requests.Writer.WriteAsync(request, idle.Token);
            }
        }
    }

    private async Task WriteAsync(IdleLimit idle)
    {
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync(idle.Token))
            {
                if (IsFatal(request))
                {
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                }

                if (Answer(request) is { } frame)
                {
                    await writer.WriteAsync(frame, idle.Token);
                    if (unknowns.ClosesAfterReply)
                    {
                        return;
                    }
                }
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

    private bool IsFatal(ImageRequest request) => unknowns.CurrentImageNeedsStreaming && !_hasStreamed && request.Method == "get_current_img";

    private Frame? Answer(ImageRequest request)
    {
        if (request == Preview)
        {
            Volatile.Write(ref _previewWaits, 0);
            return Push();
        }

        traffic.Answer(request.Method);
        switch (request.Method)
        {
            case "test_connection":
                return FrameForm.Connected(request.Id);
            case "begin_streaming":
                return BeginStreaming(request.Id);
            case "stop_streaming":
                feed.EndStream(this);
                _streams = false;
                return form.Done(request.Id);
            case "get_current_img":
                return feed.Sub is { } current ? form.Pack(current, request.Id) : FrameForm.NoImage(request.Id);
            case "get_stacked_img":
                return feed.ReadStack() is { } stack ? form.Pack(stack, request.Id) : FrameForm.NoImage(request.Id);
            default:
                return FrameForm.UnknownMethod(request.Id);
        }
    }

    private Frame BeginStreaming(byte id)
    {
        (_streams, _hasStreamed, _streamId) = (true, true, id);
        _streams = feed.TryStream(this);
        return _streams ? form.Done(id) : form.OnlyContinuous(id);
    }

    private Frame? Push()
    {
        var frame = _streams ? feed.Push(form, _streamId) : null;
        if (frame is not null)
        {
            traffic.SendPreview();
        }

        return frame;
    }
}
