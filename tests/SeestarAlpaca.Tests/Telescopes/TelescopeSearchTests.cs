using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Telescopes;

public sealed class TelescopeSearchTests
{
    private const string Name = "seestar.local";

    private static readonly TelescopeAddress Here = new("192.168.1.20");
    private static readonly TelescopeAddress Here6 = new("fe80::20%2");
    private static readonly TelescopeAddress AccessPoint = new("10.0.0.1");

    private readonly FakeFinder _finder = new();
    private readonly FakeSerials _serials = new();

    [Fact]
    public async Task What_is_found_is_listed()
    {
        await using var bench = await RegistryBench.StartAsync();
        _finder.Found = [new FoundTelescope(Here, TelescopeSource.Mdns) { HostName = Name }];

        await using var search = await SearchAsync(bench);

        Assert.Equal(Here, bench.Only.Address);
    }

    [Theory]
    [InlineData(TelescopeSource.AccessPoint)]
    [InlineData(TelescopeSource.Resolver)]
    public async Task A_guess_is_listed_only_where_something_listens_on_the_control_port(TelescopeSource source)
    {
        await using var bench = await RegistryBench.StartAsync();
        _finder.Found = [new FoundTelescope(AccessPoint, source)];

        await using var search = await SearchAsync(bench);
        Assert.Empty(bench.Registry.Telescopes);
        bench.Network.Put(AccessPoint);
        await search.NextRoundAsync();

        Assert.Equal(AccessPoint, bench.Only.Address);
    }

    [Fact]
    public async Task A_telescope_that_is_known_is_not_knocked_at_again()
    {
        await using var bench = await RegistryBench.StartAsync(network: network => network.Put(AccessPoint));
        _finder.Found = [new FoundTelescope(AccessPoint, TelescopeSource.AccessPoint)];
        await using var search = await SearchAsync(bench);
        await Eventually.HoldsAsync(() => bench.Only.IsConnected);
        var before = bench.Network.Attempts(AccessPoint);

        await search.NextRoundAsync();
        await search.NextRoundAsync();

        Assert.Equal(before, bench.Network.Attempts(AccessPoint));
    }

    [Fact]
    public async Task Both_addresses_of_a_telescope_are_one_telescope_at_the_IPv4_address_in_whatever_order_they_come()
    {
        await using var bench = await RegistryBench.StartAsync();
        _finder.Found = [new FoundTelescope(Here6, TelescopeSource.Mdns) { HostName = Name }, new FoundTelescope(Here, TelescopeSource.Mdns) { HostName = Name }];

        await using var search = await SearchAsync(bench);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(Here, bench.Only.Address);
            await search.NextRoundAsync();
        }

        Assert.Equal(0, bench.Network.Attempts(Here6));
    }

    [Fact]
    public async Task A_telescope_with_an_IPv6_address_alone_is_listed_there()
    {
        await using var bench = await RegistryBench.StartAsync();
        _finder.Found = [new FoundTelescope(Here6, TelescopeSource.Mdns) { HostName = Name }];

        await using var search = await SearchAsync(bench);

        Assert.Equal(Here6, bench.Only.Address);
    }

    [Fact]
    public async Task A_search_that_breaks_is_followed_by_the_next()
    {
        await using var bench = await RegistryBench.StartAsync();
        _finder.Trouble = new InvalidOperationException("A bug.");
        await using var search = await SearchAsync(bench);
        Assert.Empty(bench.Registry.Telescopes);

        _finder.Trouble = null;
        _finder.Found = [new FoundTelescope(Here, TelescopeSource.Scan)];
        await search.NextRoundAsync();

        Assert.Single(bench.Registry.Telescopes);
    }

    [Fact]
    public async Task Where_the_user_wants_no_search_none_is_made_and_configured_telescopes_come_back_all_the_same()
    {
        await using var bench = await RegistryBench.StartAsync([Here]);
        await using var search = await SearchAsync(bench, bench.Options with { FindTelescopes = false });
        bench.Registry.Forget(bench.Only.Record.Id);
        Assert.Empty(bench.Registry.Telescopes);

        await search.NextRoundAsync();

        Assert.Equal(Here, bench.Only.Address);
        Assert.Equal(0, _finder.Searches);
    }

    [Fact]
    public async Task A_connected_telescope_is_asked_for_its_serial_number_until_it_answers()
    {
        await using var bench = await RegistryBench.StartAsync([Here], network: network => network.Put(Here));
        await Eventually.HoldsAsync(() => bench.Only.IsConnected);
        await using var search = await SearchAsync(bench);
        Assert.Null(bench.Only.Record.Serial);

        _serials.Answer = ("4DDB0535", "Seestar S50");
        await search.NextRoundAsync();
        await search.NextRoundAsync();

        Assert.Equal(("4ddb0535", "Seestar S50"), (bench.Only.Record.Serial, bench.Only.Record.Model));
        Assert.Equal(2, _serials.Asked.Count);
    }

    [Fact]
    public async Task A_telescope_that_never_tells_its_serial_number_is_asked_less_and_less()
    {
        await using var bench = await RegistryBench.StartAsync([Here], network: network => network.Put(Here));
        await Eventually.HoldsAsync(() => bench.Only.IsConnected);
        await using var search = await SearchAsync(bench);

        for (var round = 2; round <= 20; round++)
        {
            await search.NextRoundAsync();
        }

        Assert.Equal(5, _serials.Asked.Count);
    }

    [Fact]
    public async Task A_telescope_that_cannot_be_reached_is_not_asked()
    {
        await using var bench = await RegistryBench.StartAsync([Here]);

        await using var search = await SearchAsync(bench);

        Assert.Empty(_serials.Asked);
    }

    [Fact]
    public async Task Another_serial_number_at_the_address_of_a_known_telescope_is_another_telescope()
    {
        await using var bench = await RegistryBench.StartAsync(
            before: identities => identities.Recognise(Here, "4ddb0535", "Seestar S50", Name), network: network => network.Put(Here));
        await Eventually.HoldsAsync(() => bench.Only.IsConnected);
        _serials.Answer = ("0c0ffee0", null);

        await using var search = await SearchAsync(bench);

        Assert.Equal(
            [("4ddb0535", null), ("0c0ffee0", Here)],
            bench.Registry.Telescopes.Select(telescope => (telescope.Record.Serial!, telescope.Address)));
    }

    private async Task<RunningSearch> SearchAsync(RegistryBench bench, ServerOptions? options = null)
    {
        // A clock of its own: the telescopes' heartbeats need not keep up with the pauses between two searches.
        var clock = new ManualTimeProvider();
        var search = new TelescopeSearch(
            options ?? bench.Options, bench.Registry, _finder, _serials, bench.Network.At, clock, NullLogger<TelescopeSearch>.Instance);
        var running = new RunningSearch(search, clock);
        await running.StartAsync();
        return running;
    }

    private sealed class RunningSearch(TelescopeSearch search, ManualTimeProvider clock) : IAsyncDisposable
    {
        private static CancellationToken Token => TestContext.Current.CancellationToken;

        /// <summary>Starts, and waits for the end of the first round.</summary>
        public async Task StartAsync()
        {
            await search.StartAsync(Token);
            await RoundAsync();
        }

        /// <summary>Lets the pause pass, and waits for the end of the next round.</summary>
        public async Task NextRoundAsync()
        {
            var rounds = search.Rounds;
            clock.Advance(TelescopeSearch.Interval);
            await Eventually.HoldsAsync(() => search.Rounds > rounds);
        }

        public async ValueTask DisposeAsync()
        {
            await search.StopAsync(CancellationToken.None);
            search.Dispose();
        }

        private Task RoundAsync() => Eventually.HoldsAsync(() => search.Rounds > 0);
    }

    private sealed class FakeFinder : ITelescopeFinder
    {
        public IReadOnlyList<FoundTelescope> Found { get; set; } = [];

        public Exception? Trouble { get; set; }

        public int Searches { get; private set; }

        public IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            Searches++;
            return Trouble is null ? Found.ToAsyncEnumerable() : throw Trouble;
        }
    }

    private sealed class FakeSerials : ISerialNumberFinder
    {
        public (string, string?)? Answer { get; set; }

        public ConcurrentQueue<TelescopeAddress> Asked { get; } = [];

        public Task<(string Serial, string? Model)?> AskAsync(TelescopeAddress address, CancellationToken cancellationToken)
        {
            Asked.Enqueue(address);
            return Task.FromResult(Answer);
        }
    }
}
