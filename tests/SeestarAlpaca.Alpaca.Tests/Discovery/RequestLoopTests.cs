using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Alpaca.Discovery;
using SeestarAlpaca.Alpaca.Tests.Fakes;

namespace SeestarAlpaca.Alpaca.Tests.Discovery;

/// <summary>What the responder does with what it receives, without a network.</summary>
public sealed class RequestLoopTests : IDisposable
{
    private static readonly IPEndPoint Local = new(IPAddress.Loopback, 5000);
    private static readonly IPEndPoint Remote = new(IPAddress.Parse("192.168.1.5"), 6000);

    private readonly ManualTimeProvider _clock = new();
    private readonly LogCollector _log = new();
    private readonly Channel<object> _arriving = Channel.CreateUnbounded<object>();
    private readonly Channel<IPEndPoint> _answered = Channel.CreateUnbounded<IPEndPoint>();
    private int _receives;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_receive_that_fails_is_tried_again_after_a_pause_and_told_once()
    {
        var running = Start();
        for (var failure = 1; failure <= 3; failure++)
        {
            _arriving.Writer.TryWrite(new SocketException((int)SocketError.NetworkDown));
        }

        for (var pause = 1; pause <= 3; pause++)
        {
            await _clock.AdvanceToNextTimerAsync(RequestLoop.PauseAfterFailure, Token);
        }

        _arriving.Writer.TryWrite(Local);

        Assert.Equal(Local, await _answered.Reader.ReadAsync(Token));
        Assert.Equal(3 * RequestLoop.PauseAfterFailure, _clock.GetUtcNow() - DateTimeOffset.UnixEpoch);
        Assert.Single(_log.Entries, e => e.Level == LogLevel.Warning);
        Assert.InRange(Volatile.Read(ref _receives), 4, 5);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Who_cannot_be_answered_does_not_hold_up_others()
    {
        _ = Start(unreachable: Remote);
        _arriving.Writer.TryWrite(Remote);
        _arriving.Writer.TryWrite(Local);

        Assert.Equal(Local, await _answered.Reader.ReadAsync(Token));
        Assert.Equal(DateTimeOffset.UnixEpoch, _clock.GetUtcNow());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_on_loopback_answers_loopback_only(bool loopbackOnly)
    {
        _ = Start(loopbackOnly);
        _arriving.Writer.TryWrite(Remote);
        _arriving.Writer.TryWrite(Local);

        Assert.Equal(loopbackOnly ? Local : Remote, await _answered.Reader.ReadAsync(Token));
    }

    private Task Start(bool loopbackOnly = false, IPEndPoint? unreachable = null) =>
        new RequestLoop(
            async (buffer, token) =>
            {
                Interlocked.Increment(ref _receives);
                var next = await _arriving.Reader.ReadAsync(token);
                "alpacadiscovery1"u8.CopyTo(buffer.Span);
                return next is SocketException failure ? throw failure : (16, (IPEndPoint)next);
            },
            (_, receiver, _) => receiver.Equals(unreachable)
                ? throw new SocketException((int)SocketError.HostUnreachable)
                : new ValueTask(_answered.Writer.WriteAsync(receiver, CancellationToken.None).AsTask()),
            loopbackOnly,
            _clock,
            _log.CreateLogger(""))
            .RunAsync([1], Token);
}
