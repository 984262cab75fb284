using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SeestarAlpaca.Alpaca.Discovery;

/// <summary>
/// Tells Alpaca clients that ask the network on which port the API is. <see cref="Bind"/> takes the port, so that the caller knows whether it has
/// it; <see cref="RunAsync"/> answers. Discovery is a convenience: where it cannot be bound, the API works all the same.
/// </summary>
public sealed partial class DiscoveryResponder : IDisposable
{
    /// <summary>The group in which IPv6 clients ask.</summary>
    private static readonly IPAddress Group = IPAddress.Parse("ff12::a1:9aca");

    private readonly Socket _ipv4;
    private readonly Socket? _ipv6;
    private readonly bool _loopbackOnly;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private DiscoveryResponder(Socket ipv4, Socket? ipv6, bool loopbackOnly, TimeProvider time, ILogger logger) =>
        (_ipv4, _ipv6, _loopbackOnly, _time, _logger) = (ipv4, ipv6, loopbackOnly, time, logger);

    /// <summary>The UDP port that is listened on.</summary>
    public int Port => ((IPEndPoint)_ipv4.LocalEndPoint!).Port;

    /// <summary>Whether clients that ask over IPv6 are heard; false where the machine has no IPv6 or the port could not be bound there.</summary>
    public bool HearsIPv6 => _ipv6 is not null;

    /// <summary>Takes the port, shared with other Alpaca servers of this machine.</summary>
    /// <param name="port">UDP port; default 32227. 0 takes any free one, for tests.</param>
    /// <param name="loopbackOnly">True when the API listens on loopback only: nobody else could use the answer, so nobody else gets one.</param>
    /// <param name="time">Paces the retries when receiving fails.</param>
    /// <param name="logger">Told of requests at Debug and of failures at Warning.</param>
    /// <exception cref="IOException">The port cannot be had; the message says why and what to do.</exception>
    public static DiscoveryResponder Bind(int port, bool loopbackOnly, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);

        Socket ipv4;
        try
        {
            ipv4 = SharedUdpSocket.Bind(AddressFamily.InterNetwork, port);
        }
        catch (SocketException exception)
        {
            throw new IOException(
                $"UDP port {port} for Alpaca discovery cannot be opened ({exception.Message}): probably another program holds it without sharing it. "
                + "Clients will not find this server by themselves; give them its address, or choose another discovery port on both sides.",
                exception);
        }

        return new DiscoveryResponder(ipv4, BindIPv6(((IPEndPoint)ipv4.LocalEndPoint!).Port, logger), loopbackOnly, time, logger);
    }

    /// <summary>Answers requests until cancelled.</summary>
    /// <param name="alpacaPort">TCP port of the API, 1 to 65535.</param>
    /// <param name="cancellationToken">Ends it; the sockets stay open until <see cref="Dispose"/>.</param>
    public async Task RunAsync(int alpacaPort, CancellationToken cancellationToken)
    {
        var reply = DiscoveryMessage.Reply(alpacaPort);
        var ipv4 = AnswerAsync(_ipv4, reply, cancellationToken);
        if (_ipv6 is null)
        {
            await ipv4;
            return;
        }

        JoinGroup(_ipv6);
        NetworkAddressChangedEventHandler rejoin = (_, _) => JoinGroup(_ipv6);
        NetworkChange.NetworkAddressChanged += rejoin;
        try
        {
            await Task.WhenAll(ipv4, AnswerAsync(_ipv6, reply, cancellationToken));
        }
        finally
        {
            NetworkChange.NetworkAddressChanged -= rejoin;
        }
    }

    /// <summary>Closes the port.</summary>
    public void Dispose()
    {
        _ipv4.Dispose();
        _ipv6?.Dispose();
    }

    private NetworkInterface[] Networks()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(IsHeard)];
        }
        catch (NetworkInformationException exception)
        {
            // Nobody above the system's own notification would catch it.
            Log.NotJoined(_logger, "any network", exception.Message);
            return [];
        }
    }

    private static Socket? BindIPv6(int port, ILogger logger)
    {
        if (!Socket.OSSupportsIPv6)
        {
            return null;
        }

        try
        {
            return SharedUdpSocket.Bind(AddressFamily.InterNetworkV6, port);
        }
        catch (SocketException exception)
        {
            Log.NoIPv6(logger, port, exception.Message);
            return null;
        }
    }

    /// <summary>
    /// Joins the group on loopback and, unless only loopback is served, on every interface that has multicast; again when interfaces came, which
    /// does no harm to those joined before.
    /// </summary>
    private void JoinGroup(Socket socket)
    {
        foreach (var network in Networks())
        {
            try
            {
                var index = network.GetIPProperties().GetIPv6Properties().Index;
                socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(Group, index));
            }
            catch (Exception exception) when (exception is SocketException or NetworkInformationException or ObjectDisposedException)
            {
                // Joined already, or the interface went away meanwhile.
                Log.NotJoined(_logger, network.Name, exception.Message);
            }
        }
    }

    private bool IsHeard(NetworkInterface network) =>
        network.Supports(NetworkInterfaceComponent.IPv6)
        && (network.NetworkInterfaceType == NetworkInterfaceType.Loopback
            || (!_loopbackOnly && network is { SupportsMulticast: true, OperationalStatus: OperationalStatus.Up }));

    private Task AnswerAsync(Socket socket, byte[] reply, CancellationToken cancellationToken)
    {
        var anyone = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var loop = new RequestLoop(
            async (buffer, token) =>
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, token);
                return (received.ReceivedBytes, (IPEndPoint)received.RemoteEndPoint);
            },
            async (datagram, receiver, token) => await socket.SendToAsync(datagram, SocketFlags.None, receiver, token),
            _loopbackOnly,
            _time,
            _logger);
        return loop.RunAsync(reply, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(11, LogLevel.Debug, "Discovery does not listen to the IPv6 group on {Network}: {Reason}", EventName = nameof(NotJoined))]
        public static partial void NotJoined(ILogger logger, string network, string reason);

        [LoggerMessage(12, LogLevel.Warning, "Discovery over IPv6 is off: port {Port} cannot be opened: {Reason}", EventName = nameof(NoIPv6))]
        public static partial void NoIPv6(ILogger logger, int port, string reason);
    }
}
