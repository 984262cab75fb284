using System.Globalization;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Switches;
using SeestarAlpaca.Simulator.Tests.Scenario;

namespace SeestarAlpaca.Simulator.Tests.Switches;

public sealed class SimulatorSwitchTests
{
    private static readonly Dictionary<string, string> OtherValues = new()
    {
        ["image-idle-limit"] = "4",
        ["wide-phase"] = "bggr",
        ["wide-size"] = "100x200",
        ["mosaic-scale"] = "1.5",
        ["rejected-share"] = "0.25",
        ["idle-limit"] = "never",
        ["max-image-connections"] = "1",
        ["max-control-connections"] = "1",
        ["ignored-lines-before-reset"] = "0",
        ["megabytes-per-second"] = "0.5",
        ["stuck-image-id"] = "141",
        ["hfd"] = "1000",
        ["stray-line"] = "{}",
        ["guest-port"] = "0",
        ["multicast-name"] = "seestar",
    };

    public static TheoryData<string> Rows => [.. SimulatorSwitches.Known.Select(Row)];

    public static TheoryData<string> Names => [.. SimulatorSwitches.Known.Where(known => known.Name != "multicast-group").Select(known => known.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_switch_changes_the_telescope(string name)
    {
        var known = SimulatorSwitches.Known.Single(known => known.Name == name);
        var usual = new SimulatorOptions { StartStacking = true };
        var values = OtherValues.TryGetValue(name, out var other) ? [other] : known.Values.Split(", ").Where(value => !value.StartsWith('*')).ToArray();

        Assert.NotEmpty(values);
        Assert.All(values, value => Assert.NotEqual(usual, SimulatorSwitches.Set(usual, [$"{name}={value}"])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_said_to_be_usual_is(string name)
    {
        var known = SimulatorSwitches.Known.Single(known => known.Name == name);
        var usual = new SimulatorOptions { StartStacking = true, Unknowns = new Unknowns() };

        foreach (var value in known.Values.Split(", ").Where(value => value.StartsWith("**", StringComparison.Ordinal)).Select(value => value.Trim('*')))
        {
            Assert.Equal(usual, SimulatorSwitches.Set(usual, [$"{name}={value}"]));
        }
    }

    [Fact]
    public void Several_switches_are_set_together()
    {
        var options = SimulatorSwitches.Set(new SimulatorOptions(), ["zip=zip64", "raw-stack=no", "wide-size=54x96", "wide-phase=Gbrg", "multicast-name=seestar", "multicast-group=127.0.0.1:5399"]);

        Assert.Equal(new Unknowns { Zip = ZipLayout.Zip64, WideSize = new PictureSize(54, 96), WidePhase = BayerPhase.Gbrg }, options.Unknowns);
        Assert.Equal("127.0.0.1:5399", string.Create(CultureInfo.InvariantCulture, $"{options.MulticastName!.Group}:{options.MulticastName.Port}"));
    }

    [Theory]
    [InlineData("zap=yes", "There is no switch 'zap'; there are streaming-while-stacking")]
    [InlineData("zip", "A switch is NAME=VALUE")]
    [InlineData("zip=", "A switch is NAME=VALUE")]
    [InlineData("zip=7", "zip is one of Descriptor16, Zip64")]
    [InlineData("raw-stack=maybe", "raw-stack is yes or no, not 'maybe'")]
    [InlineData("hfd=much", "hfd is 0 to 65535; 0, not 'much'")]
    [InlineData("idle-limit=-1", "idle-limit is 0 to 86400 seconds or never")]
    [InlineData("wide-size=7", "wide-size is two numbers with an x between")]
    [InlineData("wide-phase=pink", "wide-phase is one of Rggb")]
    [InlineData("multicast-group=127.0.0.1:1", "multicast-group comes after multicast-name")]
    public void What_is_wrong_is_told_with_what_would_be_right(string setting, string told)
    {
        var error = Assert.Throws<FormatException>(() => SimulatorSwitches.Set(new SimulatorOptions(), [setting]));

        Assert.StartsWith(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_switch_has_its_row_in_the_documentation(string row)
    {
        Assert.Contains(row, Documentation.Lines());
    }

    private static string Row(SimulatorSwitch known) => $"| `{known.Name}` | {known.Values} | {known.Description} |";
}
