using System.Net;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Conformance.Discovery;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Answers discovery requests from loopback on a free port: right in everything, but for the flaw.</summary>
internal sealed class FakeDiscovery : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    public FakeDiscovery(Flaw flaw, int alpacaPort)
    {
        var address = flaw == Flaw.BoundToOneAddress ? IPAddress.Loopback : IPAddress.Any;
        _socket = flaw == Flaw.PortNotShared ? NotShared(address) : SharedSocket.Bind(new IPEndPoint(address, 0));
        _loop = AnswerAsync(flaw, flaw == Flaw.WrongPortTold ? UnusedPort() : alpacaPort);
    }

    /// <summary>The UDP port.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _socket.Dispose();
        _end.Dispose();
    }

    private static Socket NotShared(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    /// <summary>A TCP port that was free a moment ago.</summary>
    private static int UnusedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task AnswerAsync(Flaw flaw, int port)
    {
        var reply = Encoding.ASCII.GetBytes($"{{\"{(flaw == Flaw.MiscasedPortKey ? "alpacaPort" : "AlpacaPort")}\":{port}}}");
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                var datagram = buffer.AsSpan(0, received.ReceivedBytes);
                var isRequest = flaw == Flaw.ExactLengthOnly ? datagram.SequenceEqual("alpacadiscovery1"u8) : datagram.StartsWith("alpacadiscovery1"u8);
                for (var i = isRequest || flaw == Flaw.AnswersAnything ? 0 : 2; i < (flaw == Flaw.AnswersTwice ? 2 : 1); i++)
                {
                    await _socket.SendToAsync(reply, SocketFlags.None, received.RemoteEndPoint, _end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
