using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// One connection on an image port: commands in, frames out, one at a time (<c>seestar-protocol.md</c> §5.7, §5.8). A client that reads
/// too slowly misses previews; nothing piles up.
/// </summary>
internal sealed class ImageConnection(Socket socket, IImageFeed feed, ImageTraffic traffic, FrameWriter writer, ZipForm zip) : IPreviewListener
{
    /// <summary>Commands that may wait; the next is read when one has been answered.</summary>
    private const int MostRequests = 8;

    private static readonly ImageRequest Preview = new("", 0);

    private readonly Channel<ImageRequest> _requests = Channel.CreateBounded<ImageRequest>(MostRequests);
    private int _previewWaits;
    private volatile bool _streams;
    private byte _streamId;

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
                if (Answer(request) is { } frame)
                {
                    await writer.WriteAsync(frame, idle.Token);
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

    private Frame? Answer(ImageRequest request)
    {
        if (request == Preview)
        {
            Volatile.Write(ref _previewWaits, 0);
            return _streams && feed.Sub is { } sub ? Push(sub) : null;
        }

        traffic.Answer(request.Method);
        switch (request.Method)
        {
            case "test_connection":
                return Frame.Text("server connected!", PayloadForm.Text, request.Id);
            case "begin_streaming":
                return BeginStreaming(request.Id);
            case "stop_streaming":
                feed.EndStream(this);
                _streams = false;
                return Frame.Text("done", PayloadForm.Text, request.Id);
            case "get_current_img":
                return feed.Sub is { } current ? zip.Pack(current.Image, current.Deflated, current.ImageId, request.Id) : NoImage(request.Id);
            case "get_stacked_img":
                return feed.ReadStack() is { } stack ? zip.Pack(stack.Image, stack.Deflated, stack.ImageId, request.Id) : NoImage(request.Id);
            default:
                return Frame.Text("unknown mothod", PayloadForm.TextError, request.Id);
        }
    }

    private Frame BeginStreaming(byte id)
    {
        (_streams, _streamId) = (true, id);
        if (feed.TryStream(this))
        {
            return Frame.Text("done", PayloadForm.Text, id);
        }

        _streams = false;
        return Frame.Text("only available for continuous exposure", PayloadForm.Text, id);
    }

    private Frame Push(SubPicture sub)
    {
        traffic.SendPreview();
        return Frame.Raw(sub.Image, sub.ImageId, _streamId);
    }

    private static Frame NoImage(byte id) => Frame.Text("there is no image now", PayloadForm.TextError, id);
}
