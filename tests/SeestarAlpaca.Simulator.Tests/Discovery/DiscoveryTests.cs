using System.Net;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Simulator.Discovery;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Discovery;

public sealed class DiscoveryTests
{
    private const string Probe = "{\"id\":201,\"method\":\"scan_iscope\",\"name\":\"iphone\",\"ip\":\"127.0.0.1\"}";

    [Theory]
    [InlineData(Probe, 201)]
    [InlineData("{\"id\":1,\"method\":\"scan_iscope\",\"params\":\"\"}\r\n", 1)]
    [InlineData("{\"id\":2,\"method\":\"scan_iscope\"}\n\n", 2)]
    public async Task A_probe_is_answered_from_the_port_it_was_sent_to(string probe, int id)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { DiscoveryPort = 0, Serial = "4ddb0535" });

        var (reply, from) = await AskAsync(simulator, probe);

        Assert.Equal(simulator.DiscoveryEndPoint, from);
        Assert.Matches(
            @"^\{""jsonrpc"":""2\.0"",""Timestamp"":""\d+\.\d{9}"",""method"":""scan_iscope"",""result"":\{""product_model"":""Seestar S50"",""sn"":""4ddb0535"",""ssid"":""S50_4ddb0535"",""ip"":""127\.0\.0\.1"","
            + @"""is_verified"":true,""tcp_client_num"":0,""can_star_mode_sel_cam"":false,""serc"":""WPA-PSK"",""bssid"":""[0-9a-f:]{17}""\},""code"":0,""id"":" + id + @"\}$",
            reply);
    }

    [Fact]
    public async Task Connections_are_counted()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { DiscoveryPort = 0 });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        Assert.Contains("\"tcp_client_num\":1", (await AskAsync(simulator, Probe)).Reply);
    }

    [Theory]
    [InlineData(DiscoveryManner.Answer, 50000, true)]
    [InlineData(DiscoveryManner.Strict, 50000, false)]
    [InlineData(DiscoveryManner.Strict, 4720, true)]
    [InlineData(DiscoveryManner.Silent, 4720, false)]
    public void The_manner_decides_who_is_answered(DiscoveryManner manner, int port, bool answered) =>
        Assert.Equal(answered, DiscoveryReply.IsDue(manner, new IPEndPoint(IPAddress.Loopback, port), 4720));

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{\"id\":1,\"method\":\"something\"}")]
    public async Task What_is_no_probe_is_not_answered_and_does_no_harm(string datagram)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { DiscoveryPort = 0 });

        var (reply, _) = await AskAsync(simulator, datagram, Probe);

        Assert.EndsWith("\"id\":201}", reply);
    }

    [Fact]
    public async Task A_dash_in_the_name_breaks_the_reply_if_so_wished()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { DiscoveryPort = 0, DiscoveryDashBug = true });

        var broken = (await AskAsync(simulator, Probe.Replace("iphone", "my-phone", StringComparison.Ordinal))).Reply;
        var whole = (await AskAsync(simulator, Probe)).Reply;

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => System.Text.Json.JsonDocument.Parse(broken));
        using var document = System.Text.Json.JsonDocument.Parse(whole);
    }

    private static async Task<(string Reply, IPEndPoint From)> AskAsync(SeestarSimulator simulator, params string[] probes)
    {
        var token = TestContext.Current.CancellationToken;
        using var asker = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        foreach (var probe in probes)
        {
            await asker.SendAsync(Encoding.UTF8.GetBytes(probe), simulator.DiscoveryEndPoint!, token);
        }

        var received = await asker.ReceiveAsync(token).AsTask().WaitAsync(TimeSpan.FromSeconds(10), token);
        return (Encoding.UTF8.GetString(received.Buffer), received.RemoteEndPoint);
    }
}
