using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Scenario;

namespace SeestarAlpaca.Simulator.Tests.Scenario;

/// <summary>The tables of the simulator's page say what there is.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Rows => [.. FaultControl.Known.Concat(ScenarioControl.Known).Select(Row)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_fault_and_every_action_has_its_row(string row)
    {
        Assert.Contains(row, Documentation.Lines());
    }

    [Fact]
    public void The_scenario_of_the_page_can_be_read()
    {
        var page = string.Join('\n', Documentation.Lines());
        var from = page.IndexOf("# A night that goes wrong", StringComparison.Ordinal);

        var script = ScenarioScript.Parse(page[from..page.IndexOf("```", from, StringComparison.Ordinal)]);

        Assert.Equal(7, script.Steps.Count);
    }

    private static string Row(DirectiveKind kind) => $"| `{kind.Name}` | {string.Join(", ", kind.Parameters.Select(Describe))} | {kind.Meaning} |";

    private static string Describe(Parameter parameter)
    {
        var choices = parameter.Choices.Count > 0 ? $", one of {string.Join(", ", parameter.Choices)}" : "";
        return $"`{parameter.Name}` {parameter.Default} ({parameter.Meaning}{choices})";
    }
}
