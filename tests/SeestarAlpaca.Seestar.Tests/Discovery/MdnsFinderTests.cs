using System.Net;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class MdnsFinderTests
{
    [Fact(Timeout = 30_000)]
    public async Task The_nine_names_of_telescopes_are_asked_for()
    {
        var dns = new FakeDns();

        await Find(dns);

        Assert.Equal(
            [
                "seestar.local", "seestar-2.local", "seestar-3.local", "seestar-4.local", "seestar-5.local",
                "seestar-6.local", "seestar-7.local", "seestar-8.local", "seestar-9.local",
            ],
            dns.Asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_is_a_telescope_at_the_address_it_gave()
    {
        var found = await Find(new FakeDns(("seestar-2.local", "192.168.1.21")));

        Assert.Equal(
            new FoundTelescope(new TelescopeAddress("192.168.1.21"), TelescopeSource.Mdns) { HostName = "seestar-2.local" },
            Assert.Single(found));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_telescope_that_answers_twice_is_reported_once()
    {
        var found = await Find(new FakeDns(
            ("seestar.local", "192.168.1.20"), ("seestar-2.local", "192.168.1.21"), ("seestar.local", "192.168.1.20")));

        Assert.Equal(["192.168.1.20", "192.168.1.21"], found.Select(telescope => telescope.Address.Host));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_flood_of_addresses_ends_the_search()
    {
        var found = await Find(new FakeDns([.. Enumerable.Range(1, 200).Select(i => ("seestar.local", $"192.168.1.{i}"))]), maxFound: 5);

        Assert.Equal(5, found.Count);
    }

    private static async Task<List<FoundTelescope>> Find(FakeDns dns, int maxFound = 100) =>
        await new MdnsFinder(dns, new DiscoveryOptions { MaxFound = maxFound })
            .FindAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    private sealed class FakeDns(params (string Name, string Address)[] answers) : IMulticastDns
    {
        public IReadOnlyList<string> Asked { get; private set; } = [];

        public IAsyncEnumerable<(string Name, IPAddress Address)> QueryAsync(
            IReadOnlyList<string> names, TimeSpan duration, CancellationToken cancellationToken)
        {
            Asked = names;
            return answers.Select(answer => (answer.Name, IPAddress.Parse(answer.Address))).ToAsyncEnumerable();
        }
    }
}
