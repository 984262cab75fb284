using System.Net;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.EndToEnd.Tests.Discovery;

/// <summary>Clients find the running server.</summary>
public sealed class DiscoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Requests => new()
    {
        { "127.0.0.1", "alpacadiscovery1" },
        { "127.255.255.255", "alpacadiscovery1" },
        { "::1", "alpacadiscovery1" },
        { "127.0.0.1", "alpacadiscovery1".PadRight(64, '\0') },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_is_answered_with_the_servers_port(string to, string request)
    {
        RequireLoopback(IPAddress.Parse(to));
        await using var observatory = await Observatory.StartAsync(options: new ServerOptions { DiscoveryPort = FreeUdpPort() });
        var port = observatory.Options.DiscoveryPort;
        await observatory.Discovery.WaitAsync(Cancellation);

        Assert.Equal($$"""{"AlpacaPort":{{observatory.Address.Port}}}""", await AskAsync(IPAddress.Parse(to), port, request));
    }

    [Fact]
    public async Task Two_servers_share_the_port_and_both_answer_a_broadcast()
    {
        RequireLoopback(IPAddress.Parse("127.255.255.255"));
        var port = FreeUdpPort();
        await using var one = await Observatory.StartAsync(options: new ServerOptions { DiscoveryPort = port });
        await using var other = await Observatory.StartAsync(options: new ServerOptions { DiscoveryPort = port });
        await Task.WhenAll(one.Discovery, other.Discovery).WaitAsync(Cancellation);
        using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0)) { EnableBroadcast = true };

        await client.SendAsync("alpacadiscovery1"u8.ToArray(), new IPEndPoint(IPAddress.Parse("127.255.255.255"), port), Cancellation);
        var answers = new[] { await client.ReceiveAsync(Cancellation), await client.ReceiveAsync(Cancellation) };

        Assert.Equal(
            new[] { one.Address.Port, other.Address.Port }.Order().Select(each => $$"""{"AlpacaPort":{{each}}}"""),
            answers.Select(answer => Encoding.ASCII.GetString(answer.Buffer)).Order());
    }

    /// <summary>Only Linux broadcasts on loopback, and not every machine has IPv6.</summary>
    private static void RequireLoopback(IPAddress to)
    {
        if ((to.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6) || (to.Equals(IPAddress.Parse("127.255.255.255")) && !OperatingSystem.IsLinux()))
        {
            TestData.Skip($"This machine does not carry {to}.");
        }
    }

    private static async Task<string> AskAsync(IPAddress to, int port, string request)
    {
        var local = to.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        using var client = new UdpClient(new IPEndPoint(local, 0)) { EnableBroadcast = to.AddressFamily == AddressFamily.InterNetwork };
        await client.SendAsync(Encoding.ASCII.GetBytes(request), new IPEndPoint(to, port), Cancellation);
        return Encoding.ASCII.GetString((await client.ReceiveAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation)).Buffer);
    }

    private static int FreeUdpPort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }
}
