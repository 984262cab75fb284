using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class ResolverFinderTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_name_that_resolves_is_a_telescope()
    {
        var found = await FindAsync((name, _) => Task.FromResult(Addresses(name == "seestar-3.local" ? ["192.168.1.23"] : [])));

        Assert.Equal(
            new FoundTelescope(new TelescopeAddress("192.168.1.23"), TelescopeSource.Resolver) { HostName = "seestar-3.local" },
            Assert.Single(found));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_name_that_fails_is_silence_and_the_others_count()
    {
        var found = await FindAsync((name, _) => name == "seestar.local"
            ? throw new SocketException((int)SocketError.HostNotFound)
            : Task.FromResult(Addresses(name == "seestar-2.local" ? ["10.0.0.2"] : [])));

        Assert.Equal("10.0.0.2", Assert.Single(found).Address.Host);
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_names_of_one_address_are_one_telescope()
    {
        var found = await FindAsync((_, _) => Task.FromResult(Addresses("10.0.0.2")));

        Assert.Single(found);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("8.8.8.8", false)]
    [InlineData("2001:4860::8888", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fe80::1%2", true)]
    [InlineData("fd00::1", true)]
    [InlineData("169.254.100.100", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("100.64.0.1", true)]
    public async Task Only_private_addresses_that_can_be_reached_count(string address, bool counts)
    {
        var found = await FindAsync((_, _) => Task.FromResult(Addresses(address)));

        Assert.Equal(counts ? 1 : 0, found.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_resolver_that_never_answers_ends_with_the_time_and_what_others_found_stays()
    {
        var never = new TaskCompletionSource<IPAddress[]>();
        var searching = FindAsync((name, _) => name == "seestar.local" ? Task.FromResult(Addresses("10.0.0.2")) : never.Task);

        await _clock.AdvanceToNextTimerAsync(Duration, Token);
        var found = await searching;

        Assert.Equal("10.0.0.2", Assert.Single(found).Address.Host);
        Assert.Equal(DateTimeOffset.UnixEpoch + Duration, _clock.GetUtcNow());
    }

    [Fact(Timeout = 30_000)]
    public async Task The_system_resolver_knows_this_computer()
    {
        var addresses = await new SystemResolver().ResolveAsync("localhost", Token);

        Assert.Contains(addresses, IPAddress.IsLoopback);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_name_that_is_unknown_has_no_addresses()
    {
        var resolver = new SystemResolver(_ => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Empty(await resolver.ResolveAsync("seestar.local", Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lookup_that_still_runs_is_shared_and_one_that_ended_is_not()
    {
        using var answering = new SemaphoreSlim(0);
        var lookups = 0;
        var resolver = new SystemResolver(_ =>
        {
            Interlocked.Increment(ref lookups);
            answering.Wait(Token);
            return Addresses("10.0.0.2");
        });

        using var impatient = new CancellationTokenSource();
        var first = resolver.ResolveAsync("seestar.local", impatient.Token);
        await impatient.CancelAsync();
        var second = resolver.ResolveAsync("SEESTAR.local", Token);
        answering.Release();
        await second;
        var shared = Volatile.Read(ref lookups);
        answering.Release();
        await resolver.ResolveAsync("seestar.local", Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, shared);
        Assert.Equal(2, lookups);
    }

    private static IPAddress[] Addresses(params string[] addresses) => Array.ConvertAll(addresses, IPAddress.Parse);

    private async Task<List<FoundTelescope>> FindAsync(Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        await new ResolverFinder(resolve, new DiscoveryOptions(), _clock).FindAsync(Duration, Token).ToListAsync(Token);
}
