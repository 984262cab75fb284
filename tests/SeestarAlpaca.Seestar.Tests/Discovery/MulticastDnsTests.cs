using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class MulticastDnsTests
{
    private const string Header = "0000 8400 0000 0001 0000 0000";
    private const string Record = "07 'SeeStar' 05 'LOCAL' 00 0001 8001 0000000A 0004 C0A80114";

    private static readonly IPAddress Group = IPAddress.Parse("224.0.0.251");
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_query_is_sent_for_every_name_from_an_ephemeral_port()
    {
        await using var responder = FakeUdpHost.Silent(Group);

        var searching = QueryAsync(responder.Port, "seestar.local", "seestar-2.local");
        var (first, second) = (await responder.NextHeardAsync(), await responder.NextHeardAsync());
        _clock.Advance(Duration);
        await searching;

        Assert.Equal(DnsMessage.BuildQuery(0, "seestar.local"), first.Bytes);
        Assert.Equal(DnsMessage.BuildQuery(0, "seestar-2.local"), second.Bytes);
        Assert.Equal(IPAddress.Loopback, first.From.Address);
        Assert.NotEqual(responder.Port, first.From.Port);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_unicast_answer_is_heard_and_its_name_told_as_asked()
    {
        await using var responder = new FakeUdpHost((_, from) => [(Bytes.Of($"{Header} {Record}"), from)], Group);

        var answer = await FirstAsync(responder.Port);

        Assert.Equal(("seestar.local", IPAddress.Parse("192.168.1.20")), answer);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_to_the_group_is_heard()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot bind a socket to a group's address.");
        var port = 0;
        await using var responder = new FakeUdpHost(
            (bytes, _) => DnsMessage.TryParse(bytes, out var message) && message.IsQuery
                ? [(Bytes.Of($"BEEF 8400 0000 0001 0000 0000 {Record}"), new IPEndPoint(Group, Volatile.Read(ref port)))]
                : [],
            Group);
        Volatile.Write(ref port, responder.Port);

        var answer = await FirstAsync(responder.Port);

        Assert.Equal(("seestar.local", IPAddress.Parse("192.168.1.20")), answer);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_to_the_group_from_another_port_is_ignored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot bind a socket to a group's address.");
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.SetSocketOption(
            SocketOptionLevel.IP, SocketOptionName.MulticastInterface, BitConverter.ToInt32(IPAddress.Loopback.GetAddressBytes()));
        var port = 0;
        await using var responder = new FakeUdpHost(
            (bytes, _) =>
            {
                var group = new IPEndPoint(Group, Volatile.Read(ref port));
                if (!DnsMessage.TryParse(bytes, out var message) || !message.IsQuery)
                {
                    return [];
                }

                stranger.SendTo(Bytes.Of($"{Header} 07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 0A000042"), group);
                return [(Bytes.Of($"{Header} {Record}"), group)];
            },
            Group);
        Volatile.Write(ref port, responder.Port);

        var answer = await FirstAsync(responder.Port);

        Assert.Equal(IPAddress.Parse("192.168.1.20"), answer.Address);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_link_local_address_gets_the_zone_of_the_interface_it_came_through()
    {
        const string LinkLocal = "07 'seestar' 05 'local' 00 001C 8001 0000000A 0010 FE800000 00000000 00000000 00000001";
        await using var responder = new FakeUdpHost((_, from) => [(Bytes.Of($"{Header} {LinkLocal}"), from)], Group);

        var answer = await FirstAsync(responder.Port);

        Assert.Equal(IPAddress.Parse("fe80::1%1"), answer.Address);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0001 8400 0000 0001 0000 0000", "07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 C0A80114", "another query's id")]
    [InlineData("0000 0000 0000 0001 0000 0000", "07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 C0A80114", "a query")]
    [InlineData("0000 8403 0000 0001 0000 0000", "07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 C0A80114", "an error")]
    [InlineData(Header, "07 'seestar' 05 'local' 00 0001 0001 00000000 0004 C0A80114", "a goodbye")]
    [InlineData(Header, "07 'another' 05 'local' 00 0001 0001 0000000A 0004 C0A80114", "another name")]
    [InlineData(Header, "07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 E00000FB", "a group's address")]
    [InlineData(Header, "07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 00000000", "no address")]
    [InlineData(Header, "07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 C0A8", "half a record")]
    public async Task What_is_no_answer_to_the_question_is_ignored(string header, string record, string what)
    {
        await using var responder = new FakeUdpHost(
            (_, from) =>
            [
                (Bytes.Of($"{header} {record}"), from),
                (Bytes.Of($"{Header} 07 'seestar' 05 'local' 00 0001 0001 0000000A 0004 0A000063"), from),
            ],
            Group);

        var answer = await FirstAsync(responder.Port);

        Assert.True(answer.Address.Equals(IPAddress.Parse("10.0.0.99")), what);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_query_is_repeated_after_one_and_after_three_seconds()
    {
        await using var responder = FakeUdpHost.Silent(Group);

        var searching = QueryAsync(responder.Port, "seestar.local");
        await responder.NextHeardAsync();
        await _clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(1), Token);
        await responder.NextHeardAsync();
        var second = _clock.GetUtcNow();
        await _clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(2), Token);
        await responder.NextHeardAsync();
        var third = _clock.GetUtcNow();
        _clock.Advance(Duration);
        await searching;

        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1), second);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(3), third);
    }

    [Fact(Timeout = 30_000)]
    public async Task Silence_is_an_empty_result_when_the_time_is_over()
    {
        await using var responder = FakeUdpHost.Silent(Group);

        var searching = QueryAsync(responder.Port, "seestar.local");
        await responder.NextHeardAsync();
        _clock.Advance(Duration - TimeSpan.FromTicks(1));
        var early = searching.IsCompleted;
        _clock.Advance(TimeSpan.FromTicks(1));
        var answers = await searching;

        Assert.False(early);
        Assert.Empty(answers);
    }

    [Fact(Timeout = 30_000)]
    public async Task Cancelling_ends_the_search_with_an_exception()
    {
        await using var responder = FakeUdpHost.Silent(Group);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var searching = Dns(responder.Port).QueryAsync(["seestar.local"], Duration, cancelling.Token).ToListAsync(Token).AsTask();
        await responder.NextHeardAsync();
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => searching);
    }

    [Fact(Timeout = 30_000)]
    public async Task Loopback_is_left_out_unless_it_is_asked_for()
    {
        await using var responder = FakeUdpHost.Silent(Group);
        var options = new DiscoveryOptions { MulticastDnsPort = responder.Port };
        var dns = new MulticastDns(FakeInterfaces.Loopback, options, _clock, NullLogger<MulticastDns>.Instance);

        var silent = dns.QueryAsync(["not-asked.local"], Duration, Token).ToListAsync(Token).AsTask();
        var heard = QueryAsync(responder.Port, "asked.local");
        var (first, _) = await responder.NextHeardAsync();
        _clock.Advance(Duration);
        await Task.WhenAll(silent, heard);

        Assert.Equal(DnsMessage.BuildQuery(0, "asked.local"), first);
    }

    private MulticastDns Dns(int port) => new(
        FakeInterfaces.Loopback,
        new DiscoveryOptions { MulticastDnsPort = port, IncludeLoopback = true },
        _clock,
        NullLogger<MulticastDns>.Instance);

    private async Task<List<(string Name, IPAddress Address)>> QueryAsync(int port, params string[] names) =>
        await Dns(port).QueryAsync(names, Duration, Token).ToListAsync(Token);

    private async Task<(string Name, IPAddress Address)> FirstAsync(int port) =>
        await Dns(port).QueryAsync(["seestar.local"], Duration, Token).FirstAsync(Token);
}
