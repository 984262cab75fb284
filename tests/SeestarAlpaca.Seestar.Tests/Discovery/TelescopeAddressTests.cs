using System.Net;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class TelescopeAddressTests
{
    [Fact]
    public void A_host_alone_has_the_ports_of_every_telescope()
    {
        var address = TelescopeAddress.Parse("10.0.0.1");

        Assert.Equal("10.0.0.1", address.Host);
        Assert.Equal(
            (4700, 4800, 4804, 4554, 4555),
            (address.ControlPort, address.ImagePort, address.WidePort, address.RtspPort, address.WideRtspPort));
    }

    [Fact]
    public void Every_port_can_be_given()
    {
        var address = TelescopeAddress.Parse("seestar.local;control=1;image=2;wide=3;rtsp=4;widertsp=65535");

        Assert.Equal(
            (1, 2, 3, 4, 65535),
            (address.ControlPort, address.ImagePort, address.WidePort, address.RtspPort, address.WideRtspPort));
    }

    [Theory]
    [InlineData("192.168.1.20", "192.168.1.20")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::1", "::1")]
    [InlineData("[::1]", "::1")]
    [InlineData("[2001:DB8:0::1]", "2001:db8::1")]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.1")]
    [InlineData("fe80::1%eth0", "fe80::1%eth0")]
    [InlineData("[fe80::1%3]", "fe80::1%3")]
    [InlineData("Seestar.LOCAL.", "seestar.local")]
    [InlineData("s30pro_4ddb0535", "s30pro_4ddb0535")]
    [InlineData("telescope-2", "telescope-2")]
    [InlineData("4you.example", "4you.example")]
    public void A_host_has_one_normal_form(string text, string host)
    {
        var address = TelescopeAddress.Parse(text);

        Assert.Equal(host, address.Host);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1;control=4700;image=4800;wide=4804;rtsp=4554;widertsp=4555", "10.0.0.1")]
    [InlineData(" seestar.local ; IMAGE = 14800 ;control=14700", "seestar.local;control=14700;image=14800")]
    [InlineData("[::1];widertsp=9", "::1;widertsp=9")]
    public void The_text_is_the_shortest_that_parses_back(string text, string shortest)
    {
        var address = TelescopeAddress.Parse(text);

        Assert.Equal(shortest, address.ToString());
        Assert.Equal(address, TelescopeAddress.Parse(address.ToString()));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData(";control=4700", "host is empty")]
    [InlineData("http://10.0.0.1", "is a URL")]
    [InlineData("10.0.0.1/MyWorks", "contains a slash")]
    [InlineData(@"\\seestar", "contains a slash")]
    [InlineData("me@seestar.local", "contains user information")]
    [InlineData("10.0.0.1:4700", "write '10.0.0.1;control=4700'")]
    [InlineData("[::1]:4700", "write '[::1];control=4700'")]
    [InlineData("seestar.local:", "is no IPv6 address")]
    [InlineData("1.2.3", "is no IPv4 address")]
    [InlineData("1.2.3.256", "is no IPv4 address")]
    [InlineData("1.2.3.04", "is no IPv4 address")]
    [InlineData("4700", "is no IPv4 address")]
    [InlineData("[::1", "is no IPv6 address")]
    [InlineData("::1]", "is no IPv6 address")]
    [InlineData("[[::1]]", "is no IPv6 address")]
    [InlineData("1:2:3", "is no IPv6 address")]
    [InlineData("fe80::1%", "is no IPv6 address")]
    [InlineData("fe80::1%a b", "is no IPv6 address")]
    [InlineData("[seestar.local]", "is no IPv6 address")]
    [InlineData("see star", "is no host name")]
    [InlineData("seestar..local", "is no host name")]
    [InlineData("-seestar", "is no host name")]
    [InlineData("séestar.local", "is no host name")]
    [InlineData(".", "is no host name")]
    [InlineData("10.0.0.1;4700", "should be of the form KEY=PORT")]
    [InlineData("10.0.0.1;", "should be of the form KEY=PORT")]
    [InlineData("10.0.0.1;alpaca=32323", "known are control, image, wide, rtsp, widertsp")]
    [InlineData("10.0.0.1;control=1;Control=1", "'control' is given twice")]
    [InlineData("10.0.0.1;image=0", "a whole number from 1 to 65535")]
    [InlineData("10.0.0.1;image=65536", "a whole number from 1 to 65535")]
    [InlineData("10.0.0.1;image=+80", "a whole number from 1 to 65535")]
    [InlineData("10.0.0.1;image=4 800", "a whole number from 1 to 65535")]
    [InlineData("10.0.0.1;image=", "a whole number from 1 to 65535")]
    [InlineData("10.0.0.1;image=99999999999", "a whole number from 1 to 65535")]
    public void What_is_no_address_is_refused_with_a_sentence(string text, string sentence)
    {
        var parsed = TelescopeAddress.TryParse(text, out var address, out var error);

        Assert.False(parsed);
        Assert.Null(address);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<FormatException>(() => TelescopeAddress.Parse(text)).Message);
    }

    [Fact]
    public void Absurd_lengths_are_refused()
    {
        var label = new string('a', 64);
        var longName = string.Join('.', Enumerable.Repeat(new string('a', 63), 4));

        Assert.False(TelescopeAddress.TryParse(label, out _, out _));
        Assert.True(TelescopeAddress.TryParse(label[1..], out _, out _));
        Assert.False(TelescopeAddress.TryParse(longName, out _, out _));
        Assert.True(TelescopeAddress.TryParse(longName[2..], out _, out _));
        Assert.False(TelescopeAddress.TryParse("seestar.local" + new string(' ', TelescopeAddress.MaxLength), out _, out _));
    }

    [Fact]
    public void Null_is_an_empty_address()
    {
        Assert.False(TelescopeAddress.TryParse(null, out _, out var error));
        Assert.Contains("is empty", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("fe80::1%3", "fe80::1%3")]
    public void An_IP_address_becomes_a_host(string address, string host)
    {
        Assert.Equal(new TelescopeAddress(host), TelescopeAddress.Of(IPAddress.Parse(address)));
    }

    [Fact]
    public void A_port_that_is_none_cannot_be_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TelescopeAddress("10.0.0.1") { ImagePort = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TelescopeAddress("10.0.0.1") { WideRtspPort = 65536 });
    }

    [Fact]
    public void A_host_that_is_none_cannot_be_set()
    {
        var error = Assert.Throws<ArgumentException>(() => new TelescopeAddress("10.0.0.1;control=1"));

        Assert.Contains("is no host name", error.Message, StringComparison.Ordinal);
    }
}
