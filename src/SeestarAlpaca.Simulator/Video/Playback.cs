using System.Buffers;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>
/// Sends the frames to one client, each when it is due. A client that reads too slowly misses everything up to the next key frame; nothing piles up.
/// </summary>
/// <param name="order">What the client is to be sent.</param>
/// <param name="time">The time of day when it begins, and how much passes.</param>
/// <param name="send">Sends whole packets; waits while the client does not read.</param>
internal sealed class Playback(PlayOrder order, TimeProvider time, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> send)
{
    /// <summary>How late a frame may be sent.</summary>
    public static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(300);

    /// <summary>Between two reports of the time.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _begin = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
    private readonly long _stamp = time.GetTimestamp();
    private readonly RtpPackets _packets = new(order.Transport.Rtp, order.Source, order.FirstSequence);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private TimeSpan _nextReport;

    /// <summary>Frames left out so far, because the client read too slowly.</summary>
    public long Skipped { get; private set; }

    /// <summary>Time since 1970-01-01 UTC; goes on evenly when the clock of the machine is set.</summary>
    private TimeSpan Now => _begin + time.GetElapsedTime(_stamp);

    /// <summary>Plays until it is stopped.</summary>
    /// <param name="stop">Stops between two frames.</param>
    /// <param name="cancellationToken">Ends it at once, maybe within a packet; the connection is of no use afterwards.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        try
        {
            for (var frame = order.FirstFrame; ; frame++)
            {
                if (Now - VideoFormat.Due(frame) > MostLate)
                {
                    var next = VideoFormat.NextKeyFrame(Now);
                    (Skipped, frame) = (Skipped + next - frame, next);
                }

                await WaitAsync(VideoFormat.Due(frame), stop);
                stop.ThrowIfCancellationRequested();
                await SendAsync(frame, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Stopped between two frames.
        }
    }

    private async Task WaitAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        while (due - Now is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
        }
    }

    private async ValueTask SendAsync(long frame, CancellationToken cancellationToken)
    {
        _buffer.ResetWrittenCount();
        if (Now >= _nextReport)
        {
            _buffer.Write(SenderReport.Create(order.Transport.Rtcp, order.Source, Now, _packets));
            _nextReport = Now + ReportInterval;
        }

        _packets.Write(order.Clip.Pictures[VideoFormat.Picture(frame)], VideoFormat.RtpTime(frame), _buffer);
        await send(_buffer.WrittenMemory, cancellationToken);
    }
}
