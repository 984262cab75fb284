using System.Buffers.Binary;
using System.Threading.Channels;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class PlaybackTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(1_795_168_800.25));
    private readonly Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _stop = new();
    private readonly RtpReceiver _video = new();
    private readonly List<byte[]> _reports = [];
    private readonly long _first;
    private readonly Playback _playback;
    private TaskCompletionSource _read = new();

    public PlaybackTests()
    {
        _first = VideoFormat.NextKeyFrame(Now);
        _playback = new Playback(new PlayOrder(TestClip.Create(), new RtspTransport(0, 1), 0x55, 65_500, _first), _clock, SendAsync);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TimeSpan Now => _clock.GetUtcNow() - DateTimeOffset.UnixEpoch;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Each_frame_is_sent_when_the_time_of_day_is_what_it_shows()
    {
        var running = _playback.RunAsync(_stop.Token, Token);

        for (var frame = _first; frame < _first + 300; frame++)
        {
            await NextAsync();
            var picture = _video.Pictures[^1];
            Assert.Equal(VideoFormat.RtpTime(frame), picture.RtpTime);
            Assert.Equal((byte)(VideoFormat.Picture(frame) + 1), picture.Units[^1][2]);
            Assert.InRange(Now - VideoFormat.Due(frame), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(0, _playback.Skipped);
        await StopAsync(running);
    }

    [Fact]
    public async Task A_slow_client_misses_everything_up_to_the_next_key_frame()
    {
        var running = _playback.RunAsync(_stop.Token, Token);
        await NextAsync();
        await NextAsync();

        _clock.Advance(Second * 3.4);
        await NextAsync();

        Assert.Equal(VideoFormat.RtpTime(_first + 120), _video.Pictures[2].RtpTime);
        Assert.True(_video.Pictures[2].IsKey);
        Assert.Equal(118, _playback.Skipped);
        await StopAsync(running);
    }

    [Fact]
    public async Task A_client_that_is_a_little_late_misses_nothing()
    {
        var running = _playback.RunAsync(_stop.Token, Token);
        await NextAsync();

        _clock.Advance(TimeSpan.FromMilliseconds(250));
        for (var frame = 1; frame <= 7; frame++)
        {
            await NextAsync(isDue: true);
        }

        Assert.Equal(Enumerable.Range(0, 8).Select(i => VideoFormat.RtpTime(_first + i)), _video.Pictures.Select(p => p.RtpTime));
        await StopAsync(running);
    }

    [Fact]
    public async Task A_report_precedes_the_first_frame_and_comes_again_every_five_seconds()
    {
        var running = _playback.RunAsync(_stop.Token, Token);

        for (var frame = 0; frame < 320; frame++)
        {
            await NextAsync();
        }

        var times = _reports.Select(report => (BinaryPrimitives.ReadUInt32BigEndian(report.AsSpan(16)) - VideoFormat.RtpTime(_first)) / 90_000.0).ToArray();
        Assert.Equal(3, times.Length);
        Assert.All(times.Index(), time => Assert.InRange(time.Item, 5 * time.Index, (5 * time.Index) + 0.1));
        Assert.Equal(0u, BinaryPrimitives.ReadUInt32BigEndian(_reports[0].AsSpan(20)));
        await StopAsync(running);
    }

    [Fact]
    public async Task A_send_that_hangs_ends_with_the_connection()
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = _playback.RunAsync(_stop.Token, connection.Token);
        await NextAsync();

        await connection.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Second * 20, Token));
    }

    /// <summary>Lets the frame before be sent, moves the clock to when the next is due, and takes it.</summary>
    private async Task NextAsync(bool isDue = false)
    {
        _read.TrySetResult();
        if (!isDue)
        {
            await _clock.AdvanceToNextTimerAsync(Second, Token);
        }

        Take(await _sent.Reader.ReadAsync(Token).AsTask().WaitAsync(Second * 20, Token));
    }

    private async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        _read.TrySetResult();
        await running.WaitAsync(Second * 20, Token);
    }

    private void Take(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(i + 2));
            var packet = bytes[(i + 4)..(i + 4 + length)];
            if (bytes[i + 1] == 0)
            {
                _video.Take(packet);
            }
            else
            {
                _reports.Add(packet);
            }

            i += 4 + length;
        }
    }

    /// <summary>A client that reads when the test says so.</summary>
    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var read = _read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sent.Writer.WriteAsync(bytes.ToArray(), cancellationToken);
        await read.Task.WaitAsync(cancellationToken);
    }
}
