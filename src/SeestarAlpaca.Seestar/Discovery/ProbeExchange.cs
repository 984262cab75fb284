using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>A bound UDP socket and what to send through it; with no messages it only listens.</summary>
/// <param name="Socket">Disposed by the exchange.</param>
/// <param name="InterfaceIndex">The number of the interface it is bound to; 0 when it is bound to none.</param>
/// <param name="Messages">What to send, and where to.</param>
internal sealed record Probe(Socket Socket, int InterfaceIndex, IReadOnlyList<(byte[] Bytes, IPEndPoint To)> Messages);

/// <summary>A datagram that came in.</summary>
internal sealed record ProbeReply(byte[] Bytes, IPEndPoint From, Probe Probe);

/// <summary>
/// Sends the same datagrams up to three times and hands on whatever comes back until the time is over. It knows no protocol.
/// </summary>
internal sealed partial class ProbeExchange(TimeProvider time, ILogger logger)
{
    /// <summary>What is longer, in bytes, is cut off, and still too long for every parser.</summary>
    private const int MaxDatagram = DnsMessage.MaxLength + 1;

    /// <summary>Datagrams that may wait for the reader; a flood beyond that is dropped.</summary>
    private const int MaxWaiting = 256;

    /// <summary>The pause before each sending: growing and at least one second, as RFC 6762 §5.2 demands.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <summary>Runs until <paramref name="duration"/> is over, then ends; disposes the sockets.</summary>
    public async IAsyncEnumerable<ProbeReply> RunAsync(
        IReadOnlyList<Probe> probes, TimeSpan duration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(duration, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var replies = Channel.CreateBounded<ProbeReply>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        var work = WorkAsync(probes, replies.Writer, ending.Token);
        try
        {
            // Not cancelled: the channel is completed when the time is over, and then what has arrived is still read.
            await foreach (var reply in replies.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return reply;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync();
            await work;
        }
    }

    private async Task WorkAsync(IReadOnlyList<Probe> probes, ChannelWriter<ProbeReply> replies, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(probes.Select(probe => ReceiveAsync(probe, replies, cancellationToken)).Append(SendAsync(probes, cancellationToken)));
        }
        finally
        {
            replies.Complete();
            foreach (var probe in probes)
            {
                probe.Socket.Dispose();
            }
        }
    }

    private async Task SendAsync(IReadOnlyList<Probe> probes, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var pause in Pauses)
            {
                await Task.Delay(pause, time, cancellationToken);
                foreach (var probe in probes)
                {
                    foreach (var (bytes, to) in probe.Messages)
                    {
                        await SendAsync(probe.Socket, bytes, to, cancellationToken);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the caller has enough.
        }
    }

    private async Task SendAsync(Socket socket, byte[] bytes, IPEndPoint to, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendToAsync(bytes, SocketFlags.None, to, cancellationToken);
        }
        catch (SocketException e)
        {
            // One network that is down must not keep the others from being asked.
            Log.NotSent(logger, to, e.Message);
        }
    }

    private async Task ReceiveAsync(Probe probe, ChannelWriter<ProbeReply> replies, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxDatagram];
        var anybody = new IPEndPoint(probe.Socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var received = await probe.Socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, cancellationToken);
                replies.TryWrite(new ProbeReply(buffer[..received.ReceivedBytes], (IPEndPoint)received.RemoteEndPoint, probe));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.MessageSize)
            {
                // Windows tells here that nobody listens where we sent to, and that a datagram was longer than the buffer. Others may still answer.
            }
            catch (SocketException e)
            {
                Log.NotReceived(logger, e.Message);
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A search could not be sent to {To}: {Reason}", EventName = nameof(NotSent))]
        public static partial void NotSent(ILogger logger, IPEndPoint to, string reason);

        [LoggerMessage(2, LogLevel.Debug, "A search stopped listening on one network: {Reason}", EventName = nameof(NotReceived))]
        public static partial void NotReceived(ILogger logger, string reason);
    }
}
