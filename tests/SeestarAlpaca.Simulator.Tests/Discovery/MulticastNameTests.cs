using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Simulator.Discovery;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Discovery;

/// <summary>Names in multicast DNS, on the loopback interface and a port of the test's own.</summary>
public sealed class MulticastNameTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_telescope_is_seestar_and_the_next_gets_a_number_and_our_finder_finds_both()
    {
        var port = FreePort();
        await using var one = await StartAsync(port, "127.0.0.1");
        await one.WaitForMulticastNameAsync(Token).WaitAsync(Patience, Token);
        await using var other = await StartAsync(port, "127.0.0.2");
        await other.WaitForMulticastNameAsync(Token).WaitAsync(Patience, Token);

        var found = await FindAsync(port, 2);

        Assert.Equal(("seestar.local", "seestar-2.local"), (one.MulticastName, other.MulticastName));
        Assert.Equal(
            [("seestar-2.local", "127.0.0.2"), ("seestar.local", "127.0.0.1")],
            found.Select(telescope => (telescope.HostName, telescope.Address.Host)).Order());
    }

    [Fact]
    public async Task Two_telescopes_that_are_switched_on_together_end_with_two_names()
    {
        var port = FreePort();
        await using var one = await StartAsync(port, "127.0.0.1");
        await using var other = await StartAsync(port, "127.0.0.2");

        await Task.WhenAll(one.WaitForMulticastNameAsync(Token), other.WaitForMulticastNameAsync(Token)).WaitAsync(Patience, Token);

        Assert.Equal(["seestar-2.local", "seestar.local"], new[] { one.MulticastName, other.MulticastName }.Order());
    }

    [Fact]
    public async Task A_telescope_answers_with_the_addresses_it_was_given_whatever_the_case_of_the_name()
    {
        var port = FreePort();
        IPAddress[] addresses = [IPAddress.Parse("192.168.7.7"), IPAddress.Parse("fd00::7")];
        await using var simulator = await Start.SimulatorAsync(Start.Small with { MulticastName = new() { Port = port, Name = "seestar", Addresses = addresses } });
        await simulator.WaitForMulticastNameAsync(Token).WaitAsync(Patience, Token);
        using var asker = Asker();

        await asker.SendToAsync(DnsMessage.BuildQuery(77, "SeeStar.local"), SocketFlags.None, new IPEndPoint(new MulticastNameOptions().Group, port), Token);

        var (answer, bytes) = await ReceiveAsync(asker);
        Assert.Equal((77, true), (answer.Id, answer.IsAnswer));
        Assert.Equal(["SeeStar.local", "SeeStar.local"], answer.Questions.Select(question => question.Name));
        Assert.Equal(addresses, answer.Addresses.Select(record => record.Address));
        Assert.All(answer.Addresses, record => Assert.Equal(TimeSpan.FromSeconds(10), record.TimeToLive));
        Assert.Equal(0x8400, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)));
    }

    [Fact]
    public async Task A_telescope_is_silent_about_other_names()
    {
        var port = FreePort();
        await using var simulator = await StartAsync(port, "127.0.0.1");
        await simulator.WaitForMulticastNameAsync(Token).WaitAsync(Patience, Token);
        using var asker = Asker();
        var group = new IPEndPoint(new MulticastNameOptions().Group, port);

        await asker.SendToAsync(DnsMessage.BuildQuery(1, "printer.local"), SocketFlags.None, group, Token);
        await asker.SendToAsync(DnsMessage.BuildQuery(2, "seestar.local"), SocketFlags.None, group, Token);

        Assert.Equal(2, (await ReceiveAsync(asker)).Message.Id);
    }

    [Fact]
    public async Task A_name_that_is_switched_off_is_said_goodbye_to_and_free_again()
    {
        var port = FreePort();
        var one = await StartAsync(port, "127.0.0.1");
        await one.WaitForMulticastNameAsync(Token).WaitAsync(Patience, Token);
        await one.DisposeAsync();

        await using var other = await StartAsync(port, "127.0.0.2");
        await other.WaitForMulticastNameAsync(Token).WaitAsync(Patience, Token);

        Assert.Equal("seestar.local", other.MulticastName);
    }

    [Theory]
    [InlineData("192.168.1.9", true, Objection.Taken)]
    [InlineData("192.168.1.5", true, Objection.None)]
    [InlineData("192.168.1.9", false, Objection.Outdone)]
    [InlineData("192.168.1.1", false, Objection.None)]
    [InlineData("192.168.1.5", false, Objection.None)]
    public void A_claim_is_objected_to_by_who_has_the_name_or_goes_before(string other, bool isAnswer, object objection)
    {
        var claim = new NameClaim("seestar", 1, [IPAddress.Parse("192.168.1.5")]);
        IPAddress[] addresses = [IPAddress.Parse(other)];
        var bytes = isAnswer ? MulticastMessage.Announcement("SEESTAR.local", addresses) : MulticastMessage.Probe("SEESTAR.local", addresses);
        Assert.True(DnsMessage.TryParse(bytes, out var message));

        Assert.Equal(objection, claim.Judge(message));
        Assert.Equal(Objection.None, claim.Next.Judge(message));
    }

    [Fact]
    public void A_goodbye_is_no_objection()
    {
        var claim = new NameClaim("seestar", 2, [IPAddress.Parse("192.168.1.5")]);
        Assert.True(DnsMessage.TryParse(MulticastMessage.Goodbye("seestar-2.local", [IPAddress.Parse("192.168.1.9")]), out var message));

        Assert.Equal(Objection.None, claim.Judge(message));
    }

    [Fact]
    public void A_record_is_the_bytes_of_the_standard()
    {
        var bytes = MulticastMessage.Announcement("seestar.local", [IPAddress.Parse("192.168.1.20")]);

        Assert.Equal(
            "000084000000000100000000" + "0773656573746172056C6F63616C00" + "00018001" + "00000078" + "0004" + "C0A80114", Convert.ToHexString(bytes));
    }

    private static Task<SeestarSimulator> StartAsync(int port, string address) => Start.SimulatorAsync(
        Start.Small with { Address = IPAddress.Parse(address), Seed = address[^1], MulticastName = new MulticastNameOptions { Port = port } });

    private static async Task<List<FoundTelescope>> FindAsync(int port, int count)
    {
        var options = new DiscoveryOptions { MulticastDnsPort = port, IncludeLoopback = true };
        var dns = new MulticastDns(new LoopbackOnly(), options, TimeProvider.System, NullLogger<MulticastDns>.Instance);
        return await new MdnsFinder(dns, options).FindAsync(Patience, Token).Take(count).ToListAsync(Token);
    }

    private static Socket Asker()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, BitConverter.ToInt32(IPAddress.Loopback.GetAddressBytes()));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static async Task<(DnsMessage Message, byte[] Bytes)> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[DnsMessage.MaxLength];
        var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), Token).AsTask().WaitAsync(Patience, Token);
        Assert.True(DnsMessage.TryParse(buffer.AsSpan(0, received.ReceivedBytes), out var message));
        return (message, buffer[..received.ReceivedBytes]);
    }

    private static int FreePort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    private sealed class LoopbackOnly : INetworkInterfaces
    {
        public IReadOnlyList<InterfaceAddress> GetIPv4Addresses() => [new(IPAddress.Loopback, 8, 1, IsLoopback: true, SupportsMulticast: false)];
    }
}
