using System.Net;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class NetworkInterfacesTests
{
    [Theory]
    [InlineData("192.168.1.20", 24, "192.168.1.255")]
    [InlineData("172.16.5.4", 22, "172.16.7.255")]
    [InlineData("127.0.0.1", 8, "127.255.255.255")]
    [InlineData("10.1.2.3", 30, "10.1.2.3")]
    [InlineData("10.1.2.3", 31, null)]
    [InlineData("10.1.2.3", 32, null)]
    [InlineData("10.1.2.3", 0, null)]
    public void The_broadcast_address_follows_from_the_prefix(string address, int prefixLength, string? broadcast)
    {
        Assert.Equal(broadcast, FakeInterfaces.Ethernet(address, prefixLength).Broadcast?.ToString());
    }

    [Theory]
    [InlineData("192.168.1.20", 24, "192.168.1.99", true)]
    [InlineData("192.168.1.20", 24, "192.168.2.99", false)]
    [InlineData("192.168.1.20", 32, "192.168.1.20", true)]
    [InlineData("192.168.1.20", 0, "8.8.8.8", true)]
    [InlineData("192.168.1.20", 24, "::1", false)]
    public void A_network_reaches_the_addresses_with_its_prefix(string address, int prefixLength, string other, bool reaches)
    {
        Assert.Equal(reaches, FakeInterfaces.Ethernet(address, prefixLength).Reaches(IPAddress.Parse(other)));
    }

    [Fact]
    public void The_system_tells_its_loopback_interface()
    {
        var addresses = new SystemNetworkInterfaces().GetIPv4Addresses();

        var loopback = Assert.Single(addresses, local => local.Address.Equals(IPAddress.Loopback));
        Assert.True(loopback.IsLoopback);
        Assert.Equal(8, loopback.PrefixLength);
        Assert.True(loopback.Index > 0);
    }
}
