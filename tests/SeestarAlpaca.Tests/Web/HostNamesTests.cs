using SeestarAlpaca.Web;

namespace SeestarAlpaca.Tests.Web;

public sealed class HostNamesTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.168.1.5", true)]
    [InlineData("[::1]", true)]
    [InlineData("[fe80::1]", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("observatory", true)]
    [InlineData("pi.local", true)]
    [InlineData("Pi.Local.", true)]
    [InlineData("pi.lan", true)]
    [InlineData("pi.home.arpa", true)]
    [InlineData("dome.example.org", true)]
    [InlineData("stars.example.net", true)]
    [InlineData("STARS.example.net.", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("evil.example.com", false)]
    [InlineData("example.net", false)]
    [InlineData("local.evil.com", false)]
    [InlineData("evil-local.com", false)]
    [InlineData("evillan.com", false)]
    [InlineData("127.0.0.1.evil.com", false)]
    [InlineData("[::1].evil.com", false)]
    public void Addresses_this_machine_local_and_allowed_names_are_known(string host, bool known) =>
        Assert.Equal(known, HostNames.IsAllowed(host, "Dome.example.org", ["stars.example.net"]));
}
