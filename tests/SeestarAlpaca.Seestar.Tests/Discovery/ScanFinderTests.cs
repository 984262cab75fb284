using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class ScanFinderTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    /// <summary>Names another address than the one it is sent from.</summary>
    private static readonly byte[] Reply = Encoding.UTF8.GetBytes(
        """{"method":"scan_iscope","result":{"product_model":"Seestar S50","sn":"4ddb0535","ip":"192.168.1.246","is_verified":true,"tcp_client_num":2},"code":0,"id":201}""");

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_telescope_that_answers_a_broadcast_is_found_at_the_address_it_answered_from()
    {
        await using var telescope = new FakeUdpHost((_, from) => [(Reply, from)]);

        var found = await FirstAsync(new DiscoveryOptions { ScanPort = telescope.Port });

        Assert.Equal(
            new FoundTelescope(new TelescopeAddress("127.0.0.1"), TelescopeSource.Scan)
            {
                Serial = "4ddb0535",
                Model = "Seestar S50",
                IsVerified = true,
                TcpClients = 2,
            },
            found);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_request_tells_our_address_in_that_network()
    {
        await using var telescope = FakeUdpHost.Silent();

        var searching = FindAsync(new DiscoveryOptions { ScanPort = telescope.Port });
        var (bytes, _) = await telescope.NextHeardAsync();
        _clock.Advance(Duration);
        await searching;

        Assert.Equal(ScanRequest.Build(IPAddress.Loopback), bytes);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_configured_host_is_asked_directly()
    {
        await using var telescope = new FakeUdpHost((_, from) => [(Reply, from)]);
        await using var nobody = FakeUdpHost.Silent();

        var found = await FirstAsync(new DiscoveryOptions
        {
            ScanPort = nobody.Port,
            ScanTargets = [new IPEndPoint(IPAddress.Loopback, telescope.Port)],
        });

        Assert.Equal("4ddb0535", found.Serial);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_host_that_cannot_be_asked_does_not_keep_others_from_being_asked()
    {
        await using var telescope = new FakeUdpHost((_, from) => [(Reply, from)]);
        await using var nobody = FakeUdpHost.Silent();

        var found = await FirstAsync(new DiscoveryOptions
        {
            ScanPort = nobody.Port,
            ScanTargets = [new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, telescope.Port)],
        });

        Assert.Equal("4ddb0535", found.Serial);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_source_port_is_the_telescopes_own_where_it_is_free()
    {
        await using var telescope = FakeUdpHost.Silent();
        var port = FreePort();

        var searching = FindAsync(new DiscoveryOptions { ScanPort = telescope.Port, ScanSourcePort = port });
        var (_, from) = await telescope.NextHeardAsync();
        _clock.Advance(Duration);
        await searching;

        Assert.Equal(port, from.Port);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_source_port_is_another_where_it_is_taken()
    {
        await using var telescope = new FakeUdpHost((_, from) => [(Reply, from)]);
        await using var other = FakeUdpHost.Silent();

        var found = await FirstAsync(new DiscoveryOptions { ScanPort = telescope.Port, ScanSourcePort = other.Port });
        var (_, from) = await telescope.NextHeardAsync();

        Assert.Equal("4ddb0535", found.Serial);
        Assert.NotEqual(other.Port, from.Port);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_search_that_is_left_early_gives_its_port_back()
    {
        await using var telescope = new FakeUdpHost((_, from) => [(Reply, from)]);
        var port = FreePort();

        await FirstAsync(new DiscoveryOptions { ScanPort = telescope.Port, ScanSourcePort = port });

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_telescope_that_answers_twice_is_reported_once()
    {
        await using var telescope = new FakeUdpHost((_, from) => [(Reply, from), (Reply, from)]);

        var searching = FindAsync(new DiscoveryOptions { ScanPort = telescope.Port });
        await telescope.NextHeardAsync();
        await _clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(1), Token);
        await telescope.NextHeardAsync();
        _clock.Advance(Duration);
        var found = await searching;

        Assert.Single(found);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_no_answer_is_ignored()
    {
        await using var telescope = new FakeUdpHost((heard, from) => [(heard, from), (Bytes.Of("'{'"), from), (new byte[9000], from), (Reply, from)]);

        var found = await FirstAsync(new DiscoveryOptions { ScanPort = telescope.Port });

        Assert.Equal("4ddb0535", found.Serial);
    }

    [Fact(Timeout = 30_000)]
    public async Task Silence_is_an_empty_result_when_the_time_is_over()
    {
        await using var telescope = FakeUdpHost.Silent();

        var searching = FindAsync(new DiscoveryOptions { ScanPort = telescope.Port });
        await telescope.NextHeardAsync();
        _clock.Advance(Duration);
        var found = await searching;

        Assert.Empty(found);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_host_can_be_asked_for_its_serial_number()
    {
        await using var telescope = new FakeUdpHost((_, from) => [(Reply, from)]);
        await using var nobody = FakeUdpHost.Silent();

        var reply = await Finder(new DiscoveryOptions { ScanPort = nobody.Port })
            .AskAsync(new IPEndPoint(IPAddress.Loopback, telescope.Port), Duration, Token)
            ;

        Assert.Equal(new ScanReply("4ddb0535", "Seestar S50", true, 2), reply);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_from_another_address_is_not_that_hosts()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS has no 127.0.0.2.");
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await using var telescope = new FakeUdpHost((_, from) =>
        {
            stranger.SendTo(Encoding.UTF8.GetBytes("""{"method":"scan_iscope","result":{"sn":"ffffffff"}}"""), from);
            return [(Reply, from)];
        });

        var reply = await Finder(new DiscoveryOptions())
            .AskAsync(new IPEndPoint(IPAddress.Loopback, telescope.Port), Duration, Token)
            ;

        Assert.Equal("4ddb0535", reply?.Serial);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_host_that_is_silent_gives_nothing()
    {
        await using var telescope = FakeUdpHost.Silent();

        var asking = Finder(new DiscoveryOptions()).AskAsync(new IPEndPoint(IPAddress.Loopback, telescope.Port), Duration, Token);
        await telescope.NextHeardAsync();
        _clock.Advance(Duration);

        Assert.Null(await asking);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_host_can_have_an_IPv6_address()
    {
        using var telescope = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        telescope.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));

        var asking = Finder(new DiscoveryOptions()).AskAsync((IPEndPoint)telescope.LocalEndPoint!, Duration, Token);
        var heard = await telescope.ReceiveFromAsync(new byte[2000], SocketFlags.None, new IPEndPoint(IPAddress.IPv6Any, 0), Token);
        await telescope.SendToAsync(Reply, SocketFlags.None, heard.RemoteEndPoint, Token);
        var reply = await asking;

        Assert.Equal("4ddb0535", reply?.Serial);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private ScanFinder Finder(DiscoveryOptions options)
    {
        // 4720 only where a test asks for a port of its own: tests run side by side.
        var source = options.ScanSourcePort == new DiscoveryOptions().ScanSourcePort ? 0 : options.ScanSourcePort;
        return new ScanFinder(
            FakeInterfaces.Loopback, options with { IncludeLoopback = true, ScanSourcePort = source }, _clock, NullLogger<ScanFinder>.Instance);
    }

    private async Task<List<FoundTelescope>> FindAsync(DiscoveryOptions options) =>
        await Finder(options).FindAsync(Duration, Token).ToListAsync(Token);

    private async Task<FoundTelescope> FirstAsync(DiscoveryOptions options) =>
        await Finder(options).FindAsync(Duration, Token).FirstAsync(Token);
}
