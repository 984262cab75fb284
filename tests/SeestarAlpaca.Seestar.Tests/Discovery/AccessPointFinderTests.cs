using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class AccessPointFinderTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("10.0.0.2")]
    [InlineData("10.0.0.254")]
    public async Task A_computer_in_the_network_of_an_access_point_is_offered_its_telescope(string ours)
    {
        var found = await FindAsync("192.168.1.20", ours);

        Assert.Equal(new FoundTelescope(new TelescopeAddress("10.0.0.1"), TelescopeSource.AccessPoint), Assert.Single(found));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("10.0.1.2")]
    [InlineData("192.168.1.20")]
    [InlineData("10.0.0.1")]
    public async Task A_computer_elsewhere_is_not(string ours)
    {
        Assert.Empty(await FindAsync(ours));
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_interfaces_in_that_network_find_one_telescope()
    {
        Assert.Single(await FindAsync("10.0.0.2", "10.0.0.3"));
    }

    private static async Task<List<FoundTelescope>> FindAsync(params string[] ours) =>
        await new AccessPointFinder(new FakeInterfaces([.. ours.Select(address => FakeInterfaces.Ethernet(address, 24))]))
            .FindAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
}
