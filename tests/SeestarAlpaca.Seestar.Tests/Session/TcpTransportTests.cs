using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class TcpTransportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TelescopePort.Control)]
    [InlineData(TelescopePort.Image)]
    public async Task Each_port_is_reached_where_it_is(TelescopePort port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var number = ((IPEndPoint)listener.LocalEndpoint).Port;
        var transport = new TcpTransport(
            "127.0.0.1", TimeProvider.System, port == TelescopePort.Control ? number : 1, port == TelescopePort.Image ? number : 1);

        await using var stream = await transport.ConnectAsync(port, Token);
        using var accepted = await listener.AcceptTcpClientAsync(Token);
        await accepted.GetStream().WriteAsync("hello"u8.ToArray(), Token);
        var heard = new byte[5];
        await stream.ReadExactlyAsync(heard, Token);

        Assert.Equal("hello"u8.ToArray(), heard);
    }

    [Fact]
    public async Task A_name_is_as_good_as_an_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var transport = new TcpTransport("localhost", TimeProvider.System, ((IPEndPoint)listener.LocalEndpoint).Port);

        await using var stream = await transport.ConnectAsync(TelescopePort.Control, Token);
        using var accepted = await listener.AcceptTcpClientAsync(Token);

        Assert.True(accepted.Connected);
    }

    [Fact]
    public async Task The_connection_wastes_no_time_and_notices_a_telescope_that_is_gone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var transport = new TcpTransport("127.0.0.1", TimeProvider.System, ((IPEndPoint)listener.LocalEndpoint).Port);

        await using var stream = (NetworkStream)await transport.ConnectAsync(TelescopePort.Control, Token);

        Assert.True(stream.Socket.NoDelay);
        Assert.Equal(1, stream.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(10, stream.Socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
    }

    [Fact]
    public async Task A_refused_connection_says_what_to_look_at()
    {
        var transport = new TcpTransport("127.0.0.1", TimeProvider.System, FreePort());

        var exception = await Assert.ThrowsAsync<IOException>(async () => await transport.ConnectAsync(TelescopePort.Control, Token));

        Assert.StartsWith("127.0.0.1 refuses connections on port", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("otherwise check the address.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_says_so()
    {
        // RFC 2606: this name never exists; a label that is too long is not even asked for.
        var transport = new TcpTransport(new string('x', 70) + ".invalid", TimeProvider.System);

        var exception = await Assert.ThrowsAsync<IOException>(async () => await transport.ConnectAsync(TelescopePort.Control, Token));

        Assert.Contains(".invalid is not known on this network.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_within_three_seconds_says_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var transport = new TcpTransport("127.0.0.1", new ImpatientTime(), ((IPEndPoint)listener.LocalEndpoint).Port);

        var exception = await Assert.ThrowsAsync<IOException>(async () => await transport.ConnectAsync(TelescopePort.Control, Token));

        Assert.Contains("does not answer on port", exception.Message, StringComparison.Ordinal);
        Assert.Contains("within 3 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_cancelling_not_a_failure()
    {
        var transport = new TcpTransport("127.0.0.1", TimeProvider.System, FreePort());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await transport.ConnectAsync(TelescopePort.Control, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("", 4700, 4800)]
    [InlineData("  ", 4700, 4800)]
    [InlineData("seestar.local", 0, 4800)]
    [InlineData("seestar.local", 4700, 65536)]
    public void An_address_that_can_be_none_is_refused(string host, int control, int image)
    {
        Assert.ThrowsAny<ArgumentException>(() => new TcpTransport(host, TimeProvider.System, control, image));
    }

    [Fact]
    public void It_says_where_the_telescope_is()
    {
        Assert.Equal("seestar.local", new TcpTransport(" seestar.local ", TimeProvider.System).Description);
        Assert.Equal("127.0.0.1 (port 14700)", new TcpTransport("127.0.0.1", TimeProvider.System, 14700).Description);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A clock on which every timeout has passed at once.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
