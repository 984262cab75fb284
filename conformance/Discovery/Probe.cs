using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Conformance.Discovery;

/// <summary>A datagram that came back.</summary>
internal sealed record Reply(byte[] Datagram, IPEndPoint From);

/// <summary>Sends one datagram from a socket of its own and listens for what comes back.</summary>
internal static class Probe
{
    private const int LongestReply = 65536;

    /// <summary>Asks once.</summary>
    /// <param name="enough">How many replies end the listening early; 0 listens to the end.</param>
    /// <param name="window">How long to listen.</param>
    /// <exception cref="SocketException">The datagram cannot be sent.</exception>
    public static async Task<IReadOnlyList<Reply>> AskAsync(
        IPEndPoint target, ReadOnlyMemory<byte> datagram, int enough, TimeSpan window, TimeProvider time, CancellationToken cancellationToken)
    {
        using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        var anyone = new IPEndPoint(target.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        if (target.AddressFamily == AddressFamily.InterNetwork)
        {
            socket.EnableBroadcast = true;
        }

        // A loopback target is asked from loopback, so that nothing else can hear or answer.
        socket.Bind(IPAddress.IsLoopback(target.Address) && target.AddressFamily == AddressFamily.InterNetwork
            ? new IPEndPoint(IPAddress.Loopback, 0)
            : anyone);
        await socket.SendToAsync(datagram, SocketFlags.None, target, cancellationToken);

        using var end = new CancellationTokenSource(window, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        var replies = new List<Reply>();
        var buffer = new byte[LongestReply];
        try
        {
            while (enough == 0 || replies.Count < enough)
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, both.Token);
                replies.Add(new Reply(buffer[..received.ReceivedBytes], (IPEndPoint)received.RemoteEndPoint));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The window is over.
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused)
        {
            // Nobody listens on that port.
        }

        return replies;
    }
}
