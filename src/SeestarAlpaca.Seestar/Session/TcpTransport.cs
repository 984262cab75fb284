using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>Reaches a telescope over the network.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class TcpTransport : ITelescopeTransport
{
    /// <summary>The port of commands and events (<c>seestar-protocol.md</c> §1).</summary>
    public const int DefaultControlPort = 4700;

    /// <summary>The port of the telephoto camera's pictures (<c>seestar-protocol.md</c> §1).</summary>
    public const int DefaultImagePort = 4800;

    /// <summary>The port of the wide camera's pictures (<c>seestar-protocol.md</c> §1).</summary>
    public const int DefaultWidePort = 4804;

    /// <summary>How long a connection may take to open, name resolution included: clients of a camera allow 5 s for all of connecting.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly string _host;
    private readonly int _controlPort;
    private readonly int _imagePort;
    private readonly int _widePort;
    private readonly TimeProvider _time;

    /// <summary>Reaches the telescope at an address.</summary>
    /// <param name="host">A host name or an IP address.</param>
    /// <param name="time">Measures the timeout.</param>
    /// <param name="controlPort">1 to 65535; default 4700.</param>
    /// <param name="imagePort">1 to 65535; default 4800.</param>
    /// <param name="widePort">1 to 65535; default 4804.</param>
    public TcpTransport(
        string host, TimeProvider time, int controlPort = DefaultControlPort, int imagePort = DefaultImagePort, int widePort = DefaultWidePort)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentNullException.ThrowIfNull(time);
        RequirePort(controlPort, nameof(controlPort));
        RequirePort(imagePort, nameof(imagePort));
        RequirePort(widePort, nameof(widePort));
        (_host, _time, _controlPort, _imagePort, _widePort) = (host.Trim(), time, controlPort, imagePort, widePort);
        Description = controlPort == DefaultControlPort ? _host : $"{_host} (port {controlPort})";
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public async ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken)
    {
        var number = port switch { TelescopePort.Control => _controlPort, TelescopePort.Wide => _widePort, _ => _imagePort };
        using var timeout = new CancellationTokenSource(ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Prepare(socket);

            // A name may stand for several addresses, tried one after the other; telescopes are known to listen on IPv4 only.
            var addresses = await Dns.GetHostAddressesAsync(_host, either.Token);
            await socket.ConnectAsync([.. addresses.OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork)], number, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException(Explain(exception, number, timeout.IsCancellationRequested), exception);
        }
    }

    private static void RequirePort(int port, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort, name);
    }

    /// <summary>As the official app does (<c>seestar-protocol.md</c> §1); a telescope that was switched off is noticed within half a minute.</summary>
    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private string Explain(Exception exception, int port, bool timedOut) => (exception as SocketException)?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
            $"The name {_host} is not known on this network. Check that the telescope is on and in the same network, or use its IP address.",
        SocketError.ConnectionRefused =>
            $"{_host} refuses connections on port {port}. If that is the telescope, wait until it has started; otherwise check the address.",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown =>
            $"There is no way to {_host} from this computer. Check that both are in the same network.",
        SocketError.TimedOut => NoAnswer(port),
        _ when timedOut => NoAnswer(port),
        { } error => $"No connection to {_host}, port {port}, can be made: {exception.Message} ({error}).",
        null => $"No connection to {_host}, port {port}, can be made: {exception.Message}",
    };

    private string NoAnswer(int port) =>
        $"{_host} does not answer on port {port} within {ConnectTimeout.TotalSeconds:F0} s. Check that the telescope is on and in the same network.";
}
