using Microsoft.Extensions.Configuration;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Tests.Options;

public sealed class ServerOptionsReaderTests
{
    [Fact]
    public void Without_configuration_all_options_have_their_defaults()
    {
        var options = Read();

        Assert.Equal(new ServerOptions() with { Telescopes = options.Telescopes, AllowedHosts = options.AllowedHosts, Formats = options.Formats, AllowControlFrom = options.AllowControlFrom }, options);
        Assert.Empty(options.Telescopes);
        Assert.Empty(options.AllowedHosts);
        Assert.Empty(options.Formats);
        Assert.Equal(["127.0.0.0/8", "::1/128"], options.AllowControlFrom.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("Port", "0", 0)]
    [InlineData("Port", "65535", 65535)]
    [InlineData("Port", "", null)]
    [InlineData("DiscoveryPort", "0", 0)]
    [InlineData("DiscoveryPort", "32228", 32228)]
    [InlineData("DiscoveryPort", " ", 32227)]
    [InlineData("LoopbackOnly", "true", true)]
    [InlineData("LoopbackOnly", "False", false)]
    [InlineData("Data", " /srv/seestar ", "/srv/seestar")]
    [InlineData("FindTelescopes", "false", false)]
    [InlineData("Demo", "true", true)]
    [InlineData("InterfaceVersion", "3", 3)]
    [InlineData("InterfaceVersion", "4", 4)]
    [InlineData("Mosaic", "samesize", MosaicRecipe.SameSize)]
    [InlineData("Mosaic", "Lossless2X", MosaicRecipe.Lossless2X)]
    [InlineData("Events", "false", false)]
    [InlineData("KeepWatching", "true", true)]
    [InlineData("KeyFile", "key.pem", "key.pem")]
    [InlineData("AccessToken", "twelve-chars", "twelve-chars")]
    [InlineData("Location", "The garden", "The garden")]
    [InlineData("location", "any case will do", "any case will do")]
    public void A_valid_value_is_taken(string name, string value, object? expected)
    {
        var options = Read((name, value));

        Assert.Equal(expected, typeof(ServerOptions).GetProperties().Single(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).GetValue(options));
    }

    [Theory]
    [InlineData("Grace", "0", 0)]
    [InlineData("Grace", "0.5", 0.5)]
    [InlineData("Grace", "8", 8)]
    [InlineData("NewFrameTimeout", "3600", 3600)]
    [InlineData("MaxStackAge", "10", 10)]
    [InlineData("MaxStackAge", "86400", 86400)]
    public void A_valid_number_of_seconds_is_taken(string name, string value, double expected)
    {
        var options = Read((name, value));

        Assert.Equal(TimeSpan.FromSeconds(expected), typeof(ServerOptions).GetProperty(name)!.GetValue(options));
    }

    [Theory]
    [InlineData("Port", "65536", "from 0 to 65535")]
    [InlineData("Port", "-1", "from 0 to 65535")]
    [InlineData("Port", "http", "whole number")]
    [InlineData("Port", "1,234", "whole number")]
    [InlineData("DiscoveryPort", "3.5", "whole number")]
    [InlineData("LoopbackOnly", "yes", "true or false")]
    [InlineData("FindTelescopes", "1", "true or false")]
    [InlineData("Demo", "on", "true or false")]
    [InlineData("Events", "no", "true or false")]
    [InlineData("KeepWatching", "maybe", "true or false")]
    [InlineData("InterfaceVersion", "2", "from 3 to 4")]
    [InlineData("InterfaceVersion", "5", "from 3 to 4")]
    [InlineData("Mosaic", "Drizzle", "Auto, Lossless2X, SameSize")]
    [InlineData("Mosaic", "7", "Auto, Lossless2X, SameSize")]
    [InlineData("Grace", "8.1", "from 0 to 8")]
    [InlineData("Grace", "-1", "from 0 to 8")]
    [InlineData("Grace", "NaN", "from 0 to 8")]
    [InlineData("Grace", "5 s", "number of seconds")]
    [InlineData("NewFrameTimeout", "1,5", "number of seconds")]
    [InlineData("NewFrameTimeout", "0", "from 1 to 3600")]
    [InlineData("MaxStackAge", "Infinity", "from 10 to 86400")]
    [InlineData("AccessToken", "short", "12 characters")]
    [InlineData("Telescopes", "not a host!", "example 192.168.1.20")]
    [InlineData("Telescopes", "seestar.local;control=0", "from 1 to 65535")]
    public void A_value_that_cannot_be_used_is_answered_by_a_sentence_that_names_the_option_and_what_is_right(string name, string value, string right)
    {
        var refused = Assert.Throws<OptionsException>(() => Read((name, value)));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(right, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prot")]
    [InlineData("Kestrel")]
    public void An_unknown_option_is_refused_and_the_known_ones_are_listed(string name)
    {
        var refused = Assert.Throws<OptionsException>(() => Read((name, "1")));

        Assert.Contains($"no option {name}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("DiscoveryPort", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("LOGGING:LOGLEVEL:DEFAULT")]
    public void The_section_on_logging_is_no_slip_of_the_pen(string name) => Assert.NotNull(Read((name, "Debug")));

    [Fact]
    public void A_list_may_be_a_text_with_commas()
    {
        var options = Read(("Telescopes", "192.168.1.20, seestar.local;control=4701,"), ("AllowedHosts", "Astro.Example.ORG., pi"));

        Assert.Equal([new TelescopeAddress("192.168.1.20"), new TelescopeAddress("seestar.local") { ControlPort = 4701 }], options.Telescopes);
        Assert.Equal(["astro.example.org", "pi"], options.AllowedHosts);
    }

    [Fact]
    public void A_list_may_be_an_array()
    {
        var options = Read(("Telescopes:0", "192.168.1.20"), ("Telescopes:1", "192.168.1.21"), ("AllowedHosts:0", "Pi"));

        Assert.Equal(["192.168.1.20", "192.168.1.21"], options.Telescopes.Select(address => address.Host));
        Assert.Equal(["pi"], options.AllowedHosts);
    }

    [Theory]
    [InlineData("Telescopes:0")]
    [InlineData("Telescopes")]
    public void A_list_replaces_that_of_a_weaker_source_as_a_whole(string strong)
    {
        foreach (var weak in new[] { new[] { ("Telescopes:0", "10.9.9.1"), ("Telescopes:1", "10.9.9.2") }, [("Telescopes", "10.9.9.1,10.9.9.2")] })
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(Pairs(weak)).AddInMemoryCollection(Pairs([(strong, "10.9.9.3")])).Build();

            Assert.Equal(["10.9.9.3"], ServerOptionsReader.Read(configuration).Telescopes.Select(address => address.Host));
        }
    }

    [Fact]
    public void The_demo_searches_for_no_telescopes_and_takes_none()
    {
        Assert.False(Read(("Demo", "true"), ("FindTelescopes", "true")).FindTelescopes);
        Assert.Contains("Demo", Assert.Throws<OptionsException>(() => Read(("Demo", "true"), ("Telescopes", "seestar.local"))).Message, StringComparison.Ordinal);
    }

    private static ServerOptions Read(params (string Name, string Value)[] given) =>
        ServerOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(Pairs(given)).Build());

    private static IEnumerable<KeyValuePair<string, string?>> Pairs((string Name, string Value)[] given) =>
        given.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value));
}
