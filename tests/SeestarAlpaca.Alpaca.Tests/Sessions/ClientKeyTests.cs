using System.Net;
using SeestarAlpaca.Alpaca.Sessions;

namespace SeestarAlpaca.Alpaca.Tests.Sessions;

public sealed class ClientKeyTests
{
    [Theory]
    [InlineData("::ffff:192.168.1.5", "192.168.1.5", true)]
    [InlineData("::1", "127.0.0.1", true)]
    [InlineData("127.0.0.2", "127.0.0.1", false)]
    [InlineData("fe80::1%2", "fe80::1%3", false)]
    [InlineData("192.168.1.5", "192.168.1.6", false)]
    public void Addresses_are_the_same_client_when_they_are_the_same_machine(string one, string other, bool same) =>
        Assert.Equal(same, ClientKey.Of(IPAddress.Parse(one), 7) == ClientKey.Of(IPAddress.Parse(other), 7));

    [Fact]
    public void Different_ClientIDs_are_different_clients() =>
        Assert.NotEqual(ClientKey.Of(IPAddress.Loopback, 1), ClientKey.Of(IPAddress.Loopback, 2));

    [Fact]
    public void A_connection_without_address_has_a_key_too() => Assert.Equal(ClientKey.Of(null, 1), ClientKey.Of(null, 1));
}
