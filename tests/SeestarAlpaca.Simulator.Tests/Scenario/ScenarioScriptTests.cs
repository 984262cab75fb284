using SeestarAlpaca.Simulator.Scenario;

namespace SeestarAlpaca.Simulator.Tests.Scenario;

public sealed class ScenarioScriptTests
{
    [Fact]
    public void Lines_are_time_and_action_in_the_order_of_time()
    {
        var script = ScenarioScript.Parse(
            """
            # A night
            0:10:00 clouds cover:0.7,minutes:5   # they come
            90      trail

            2.5     fault wrong-crc=count:2
            0:10:00 target name:M 94, ra:12.85, dec:41.12
            """);

        Assert.Equal(
            [(2.5, "wrong-crc=count:2", 5), (90.0, "trail", 3), (600.0, "clouds=cover:0.7,minutes:5", 2), (600.0, "target=name:M 94,ra:12.85,dec:41.12", 6)],
            script.Steps.Select(step => (step.At.TotalSeconds, step.Action.ToString(), step.Line)));
    }

    [Theory]
    [InlineData("0:61:00 clear", "Line 1: A time is h:mm:ss, such as 1:30:00, or seconds, such as 90 or 2.5, not '0:61:00'.")]
    [InlineData("-5 clear", "Line 1: A time is h:mm:ss, ")]
    [InlineData("clear", "Line 1: A line is TIME ACTION, such as '0:10:00 clouds cover:0.7', not 'clear'.")]
    [InlineData("\n5 fog", "Line 2: There is no action 'fog'; there are clouds, clear, ")]
    [InlineData("5 clouds 0.7", "Line 1: An argument of clouds is KEY:VALUE, not '0.7'.")]
    [InlineData("5 clouds cover:2", "Line 1: clouds: cover is a number from 0 to 1, not '2'.")]
    [InlineData("5 fault earthquake", "Line 1: There is no fault 'earthquake'; there are reset-mid-frame, ")]
    public void What_is_wrong_is_told_with_its_line_and_what_would_be_right(string text, string sentence)
    {
        var fault = Assert.Throws<FormatException>(() => ScenarioScript.Parse(text));

        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_lines_that_are_wrong_are_told_at_once()
    {
        var fault = Assert.Throws<FormatException>(() => ScenarioScript.Parse("5 fog\r\n6 clear\r\n7 hail\r\n"));

        Assert.Equal(["Line 1", "Line 3"], fault.Message.Split('\n').Select(line => line[..6]));
    }

    [Fact]
    public void Every_action_has_a_name_of_its_own_and_defaults_that_are_right()
    {
        Assert.Distinct(ScenarioControl.Known.Select(kind => kind.Name));
        foreach (var kind in ScenarioControl.Known)
        {
            var arguments = string.Join(',', kind.Parameters.Select(parameter => $"{parameter.Name}:{parameter.Default}"));

            Assert.Equal(kind.Name, ScenarioControl.Parse($"{kind.Name} {arguments}").Name);
            Assert.EndsWith(".", kind.Meaning, StringComparison.Ordinal);
        }
    }
}
