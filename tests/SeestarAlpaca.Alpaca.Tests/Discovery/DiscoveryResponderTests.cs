using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Alpaca.Discovery;

namespace SeestarAlpaca.Alpaca.Tests.Discovery;

/// <summary>Discovery over real sockets on loopback (alpaca-camera.md §5).</summary>
public sealed class DiscoveryResponderTests
{
    private static readonly byte[] Request = "alpacadiscovery1"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.255")]
    public async Task A_request_over_IPv4_is_answered_once_with_the_port_of_the_API(string target)
    {
        await using var running = Running.Start(alpacaPort: 11111);
        using var client = Client(AddressFamily.InterNetwork);

        await SendAsync(client, Request, target, running.Port);

        var (answer, sender) = await ReceiveAsync(client);
        Assert.Equal("""{"AlpacaPort":11111}""", answer);
        Assert.Equal((IPAddress.Loopback, running.Port), (sender.Address, sender.Port));
        await AssertNothingMoreAsync(client, running.Port);
    }

    [Fact]
    public async Task A_request_over_IPv6_is_answered()
    {
        if (!Socket.OSSupportsIPv6)
        {
            TestData.Skip("This machine has no IPv6.");
        }

        await using var running = Running.Start(alpacaPort: 80);
        using var client = Client(AddressFamily.InterNetworkV6);

        await SendAsync(client, Request, "::1", running.Port);

        Assert.True(running.Responder.HearsIPv6);
        Assert.Equal("""{"AlpacaPort":80}""", (await ReceiveAsync(client)).Answer);
    }

    [Fact]
    public async Task The_IPv6_group_is_joined()
    {
        if (!Socket.OSSupportsIPv6 || !File.Exists("/proc/net/igmp6"))
        {
            TestData.Skip("Only Linux tells which groups are joined.");
        }

        await using var running = Running.Start(alpacaPort: 80);

        Assert.Contains("ff120000000000000000000000a19aca", await File.ReadAllTextAsync("/proc/net/igmp6", Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(5000)]
    public async Task A_padded_request_is_answered(int padding)
    {
        await using var running = Running.Start(alpacaPort: 11111);
        using var client = Client(AddressFamily.InterNetwork);

        await SendAsync(client, [.. Request, .. new byte[padding]], "127.0.0.1", running.Port);

        Assert.Equal("""{"AlpacaPort":11111}""", (await ReceiveAsync(client)).Answer);
    }

    [Theory]
    [InlineData("alpacadiscovery")]
    [InlineData("alpacadiscovery2")]
    [InlineData("ALPACADISCOVERY1")]
    [InlineData("{\"AlpacaPort\":11111}")]
    [InlineData("")]
    public async Task Anything_else_gets_no_answer(string datagram)
    {
        await using var running = Running.Start(alpacaPort: 11111);
        using var client = Client(AddressFamily.InterNetwork);

        await SendAsync(client, Encoding.ASCII.GetBytes(datagram), "127.0.0.1", running.Port);

        await AssertNothingMoreAsync(client, running.Port);
    }

    [Fact]
    public async Task Two_servers_share_the_port_and_both_answer_a_broadcast()
    {
        await using var first = Running.Start(alpacaPort: 11111);
        await using var second = Running.Start(alpacaPort: 22222, first.Port);
        using var client = Client(AddressFamily.InterNetwork);

        await SendAsync(client, Request, "127.255.255.255", first.Port);

        string[] answers = [(await ReceiveAsync(client)).Answer, (await ReceiveAsync(client)).Answer];
        Assert.Equal(["""{"AlpacaPort":11111}""", """{"AlpacaPort":22222}"""], answers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_server_with_either_or_both_sharing_options_shares_the_port_before_and_after_us(bool reuseAddress, bool reusePort)
    {
        if (!OperatingSystem.IsLinux())
        {
            TestData.Skip("The options are given in Linux's numbers.");
        }

        using var before = Foreign(port: 0, reuseAddress, reusePort);
        var port = ((IPEndPoint)before.LocalEndPoint!).Port;
        await using var running = Running.Start(alpacaPort: 11111, port);
        using var after = Foreign(port, reuseAddress, reusePort);
        using var client = Client(AddressFamily.InterNetwork);

        await SendAsync(client, Request, "127.255.255.255", port);

        Assert.Equal("""{"AlpacaPort":11111}""", (await ReceiveAsync(client)).Answer);
        var buffer = new byte[64];
        Assert.Equal(Request.Length, await before.ReceiveAsync(buffer, Token));
        Assert.Equal(Request.Length, await after.ReceiveAsync(buffer, Token));
    }

    [Fact]
    public void A_port_that_another_program_holds_for_itself_is_a_clear_error()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        holder.Bind(new IPEndPoint(IPAddress.Any, 0));
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port;

        var error = Assert.Throws<IOException>(() => DiscoveryResponder.Bind(port, loopbackOnly: true, TimeProvider.System, NullLogger.Instance));

        Assert.Contains($"UDP port {port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_ends_when_it_is_cancelled()
    {
        using var responder = DiscoveryResponder.Bind(0, loopbackOnly: true, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = responder.RunAsync(11111, stop.Token);

        await stop.CancelAsync();

        await running.WaitAsync(Token);
    }

    private static Socket Client(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, 0));
        if (family == AddressFamily.InterNetwork)
        {
            socket.EnableBroadcast = true;
        }

        return socket;
    }

    private static Socket Foreign(int port, bool reuseAddress, bool reusePort)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(1, 2, BitConverter.GetBytes(reuseAddress ? 1 : 0));
        socket.SetRawSocketOption(1, 15, BitConverter.GetBytes(reusePort ? 1 : 0));
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        return socket;
    }

    private static async Task SendAsync(Socket client, byte[] datagram, string address, int port) =>
        await client.SendToAsync(datagram, SocketFlags.None, new IPEndPoint(IPAddress.Parse(address), port), Token);

    private static async Task<(string Answer, IPEndPoint Sender)> ReceiveAsync(Socket client)
    {
        var buffer = new byte[1000];
        var any = new IPEndPoint(client.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var received = await client.ReceiveFromAsync(buffer, SocketFlags.None, any, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token);
        return (Encoding.ASCII.GetString(buffer, 0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
    }

    /// <summary>Requests are answered in their order, so once a later one of somebody else is answered, nothing more will come.</summary>
    private static async Task AssertNothingMoreAsync(Socket client, int port)
    {
        using var other = Client(AddressFamily.InterNetwork);
        await SendAsync(other, Request, "127.0.0.1", port);
        await ReceiveAsync(other);
        Assert.Equal(0, client.Available);
    }

    private sealed class Running(DiscoveryResponder responder, Task task, CancellationTokenSource stop) : IAsyncDisposable
    {
        public DiscoveryResponder Responder => responder;

        public int Port => responder.Port;

        public static Running Start(int alpacaPort, int port = 0)
        {
            var responder = DiscoveryResponder.Bind(port, loopbackOnly: true, TimeProvider.System, NullLogger.Instance);
            var stop = new CancellationTokenSource();
            return new Running(responder, responder.RunAsync(alpacaPort, stop.Token), stop);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await task;
            responder.Dispose();
            stop.Dispose();
        }
    }
}
