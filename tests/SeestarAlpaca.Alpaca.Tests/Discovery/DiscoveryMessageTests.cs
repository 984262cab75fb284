using System.Text;
using SeestarAlpaca.Alpaca.Discovery;

namespace SeestarAlpaca.Alpaca.Tests.Discovery;

public sealed class DiscoveryMessageTests
{
    [Theory]
    [InlineData("alpacadiscovery1", true)]
    [InlineData("alpacadiscovery1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", true)]
    [InlineData("alpacadiscovery1 and what later versions may add", true)]
    [InlineData("alpacadiscovery", false)]
    [InlineData("alpacadiscovery2", false)]
    [InlineData("AlpacaDiscovery1", false)]
    [InlineData("ALPACADISCOVERY1", false)]
    [InlineData(" alpacadiscovery1", false)]
    [InlineData("{\"AlpacaPort\":11111}", false)]
    [InlineData("", false)]
    public void Only_what_begins_with_the_request_of_version_1_is_one(string text, bool expected) =>
        Assert.Equal(expected, DiscoveryMessage.IsRequest(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_answer_names_the_port() => Assert.Equal("""{"AlpacaPort":11111}"""u8.ToArray(), DiscoveryMessage.Reply(11111));

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void A_port_that_does_not_exist_is_refused(int port) => Assert.Throws<ArgumentOutOfRangeException>(() => DiscoveryMessage.Reply(port));
}
