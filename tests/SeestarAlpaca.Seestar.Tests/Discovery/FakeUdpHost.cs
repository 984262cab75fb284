using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

/// <summary>Something that listens on a UDP port of this computer, keeps what it hears and answers as the test says.</summary>
internal sealed class FakeUdpHost : IAsyncDisposable
{
    private readonly Channel<(byte[] Bytes, IPEndPoint From)> _heard = Channel.CreateUnbounded<(byte[], IPEndPoint)>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<byte[], IPEndPoint, IEnumerable<(byte[] Bytes, IPEndPoint To)>> _answers;
    private readonly Socket _socket;
    private readonly Task _running;

    /// <param name="answers">What to send, and where to, for what was heard and from whom.</param>
    /// <param name="group">A multicast group to join on the loopback interface.</param>
    public FakeUdpHost(Func<byte[], IPEndPoint, IEnumerable<(byte[] Bytes, IPEndPoint To)>> answers, IPAddress? group = null)
    {
        _answers = answers;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        if (group is not null)
        {
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, IPAddress.Loopback));
            _socket.SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.MulticastInterface, BitConverter.ToInt32(IPAddress.Loopback.GetAddressBytes()));
        }

        // Any, since a broadcast reaches no socket that is bound to one address.
        _socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _running = RunAsync();
    }

    public int Port { get; }

    public static FakeUdpHost Silent(IPAddress? group = null) => new((_, _) => [], group);

    public async Task<(byte[] Bytes, IPEndPoint From)> NextHeardAsync() =>
        await _heard.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[9000];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
                var (bytes, from) = (buffer[..received.ReceivedBytes], (IPEndPoint)received.RemoteEndPoint);
                foreach (var (answer, to) in _answers(bytes, from))
                {
                    await _socket.SendToAsync(answer, SocketFlags.None, to, _stopping.Token);
                }

                _heard.Writer.TryWrite((bytes, from));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
