using System.Net;
using System.Text;
using SeestarAlpaca.Conformance.Discovery;

namespace SeestarAlpaca.Conformance.Tests.Discovery;

public sealed class DiscoveryPartsTests
{
    [Theory]
    [InlineData("{\"AlpacaPort\":11111}", 11111)]
    [InlineData("{\"AlpacaPort\":11111,\"Host\":\"x\"}", 11111)]
    [InlineData("{\"alpacaPort\":11111}", null)]
    [InlineData("{\"AlpacaPort\":\"11111\"}", null)]
    [InlineData("{\"AlpacaPort\":0}", null)]
    [InlineData("{\"AlpacaPort\":65536}", null)]
    [InlineData("[11111]", null)]
    [InlineData("alpacadiscovery1", null)]
    [InlineData("", null)]
    public void An_answer_has_a_port_or_a_problem(string text, int? port)
    {
        var (read, problem) = DiscoveryReply.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(port, read);
        Assert.Equal(port is null, problem is not null);
    }

    [Theory]
    [InlineData("192.168.1.17", "255.255.255.0", "192.168.1.255")]
    [InlineData("10.0.0.1", "255.255.252.0", "10.0.3.255")]
    [InlineData("127.0.0.1", "255.0.0.0", "127.255.255.255")]
    public void A_network_has_a_broadcast_address(string address, string mask, string broadcast) =>
        Assert.Equal(broadcast, DiscoveryTargets.Broadcast(IPAddress.Parse(address), IPAddress.Parse(mask)).ToString());
}
