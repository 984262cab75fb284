using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Alpaca.Discovery;

/// <summary>Waits for the next datagram and copies it; returns its length and who sent it.</summary>
internal delegate ValueTask<(int Length, IPEndPoint Sender)> ReceiveDatagram(Memory<byte> buffer, CancellationToken cancellationToken);

/// <summary>Sends a datagram.</summary>
internal delegate ValueTask SendDatagram(ReadOnlyMemory<byte> datagram, IPEndPoint receiver, CancellationToken cancellationToken);

/// <summary>Answers the discovery requests among the datagrams that arrive.</summary>
/// <param name="loopbackOnly">Answers senders on this machine only.</param>
internal sealed partial class RequestLoop(ReceiveDatagram receive, SendDatagram send, bool loopbackOnly, TimeProvider time, ILogger logger)
{
    /// <summary>After a failure to receive, so that a broken network does not occupy a processor.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Answers until cancelled.</summary>
    public async Task RunAsync(byte[] reply, CancellationToken cancellationToken)
    {
        var datagram = new byte[ushort.MaxValue];
        var failing = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var (length, sender) = await receive(datagram, cancellationToken);
                failing = false;
                if (DiscoveryMessage.IsRequest(datagram.AsSpan(0, length)) && (!loopbackOnly || IPAddress.IsLoopback(sender.Address)))
                {
                    await AnswerAsync(reply, sender, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException exception)
            {
                if (!failing)
                {
                    Log.ReceiveFailed(logger, exception.Message);
                }

                failing = true;
                await Task.Delay(PauseAfterFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task AnswerAsync(byte[] reply, IPEndPoint sender, CancellationToken cancellationToken)
    {
        try
        {
            await send(reply, sender, cancellationToken);
            Log.Answered(logger, sender);
        }
        catch (SocketException exception)
        {
            // A sender that cannot be reached must not hold up the others.
            Log.AnswerFailed(logger, sender, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Discovery request of {Sender} answered.", EventName = nameof(Answered))]
        public static partial void Answered(ILogger logger, IPEndPoint sender);

        [LoggerMessage(2, LogLevel.Debug, "Discovery request of {Sender} could not be answered: {Reason}", EventName = nameof(AnswerFailed))]
        public static partial void AnswerFailed(ILogger logger, IPEndPoint sender, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Discovery cannot receive: {Reason} It tries again.", EventName = nameof(ReceiveFailed))]
        public static partial void ReceiveFailed(ILogger logger, string reason);
    }
}
