using System.Net;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Discovery;

/// <summary>Answers probes on UDP, from the port that it listens on (<c>seestar-protocol.md</c> §2.3). Bound when it is made.</summary>
internal sealed class DiscoveryResponder : IDisposable
{
    private const int MostBytes = 2048;

    private readonly Telescope _telescope;
    private readonly Func<int> _clients;
    private readonly Socket _socket;

    /// <summary>Takes the port.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="endPoint">Where to listen; port 0 takes a free one.</param>
    /// <param name="clients">How many control connections there are.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public DiscoveryResponder(Telescope telescope, IPEndPoint endPoint, Func<int> clients)
    {
        (_telescope, _clients) = (telescope, clients);
        _socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Bind(endPoint);
        }
        catch (SocketException fault)
        {
            _socket.Dispose();
            throw new IOException($"The simulated telescope's discovery port {endPoint} cannot be had: {fault.Message}. Choose another port, or none.", fault);
        }

        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Answers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, EndPoint, cancellationToken);
                if (!_telescope.Faults.IsAway && DiscoveryReply.IsDue(_telescope.Options.Discovery, received.RemoteEndPoint, EndPoint.Port) && Reply(buffer.AsMemory(0, received.ReceivedBytes)) is { } reply)
                {
                    await _socket.SendToAsync(Encoding.UTF8.GetBytes(reply), SocketFlags.None, received.RemoteEndPoint, cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // An asker who has gone away; the next may be there.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private string? Reply(ReadOnlyMemory<byte> datagram) => _telescope.Agenda.Enter(() => DiscoveryReply.Of(datagram, _telescope, _clients()));
}
