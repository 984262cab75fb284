using System.Text.Json;
using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Tests.Reports;

public sealed class ReportTests
{
    private static readonly RunReport Run = new(
        "camera",
        "http://host/api/v1/camera/0",
        true,
        DateTimeOffset.UnixEpoch,
        TimeSpan.FromSeconds(2),
        [
            new CheckResult("a.b", "§1", "first", [new Finding(Outcome.Issue, "wrong | <b>\nhere"), new Finding(Outcome.Ok, "right")], TimeSpan.Zero, null),
            new CheckResult("c.d", "§2", "second", [], TimeSpan.Zero, "not here"),
        ],
        [new Timing("GET binx", TimeSpan.FromSeconds(0.1), 3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(200), 1)]);

    [Fact]
    public void The_report_for_people_has_one_row_for_each_check_and_what_is_not_right()
    {
        var lines = MarkdownReport.Write([Run]).Split('\n');

        Assert.Contains("| a.b | §1 | Issue | first |", lines);
        Assert.Contains("| | | Issue | wrong \\| &lt;b> here |", lines);
        Assert.Contains("| c.d | §2 | left out | second (not here) |", lines);
        Assert.Contains("| GET binx | 0.1 | 3 | 1.0 | 200.0 | 1 |", lines);
        Assert.DoesNotContain(lines, line => line.Contains("right", StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_for_programs_has_everything()
    {
        using var report = JsonDocument.Parse(JsonReport.Write([Run]));

        var run = report.RootElement.GetProperty("runs")[0];
        Assert.Equal("Issue", report.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(
            (1, 0, 1), (run.GetProperty("issues").GetInt32(), run.GetProperty("errors").GetInt32(), run.GetProperty("missedTargets").GetInt32()));
        Assert.Equal(2, run.GetProperty("checks")[0].GetProperty("findings").GetArrayLength());
        Assert.Equal("not here", run.GetProperty("checks")[1].GetProperty("leftOut").GetString());
    }

    [Fact]
    public void The_console_tells_what_is_not_right_and_one_line_in_the_end()
    {
        var output = new StringWriter { NewLine = "\n" };

        ConsoleReport.Write(Run, output);

        Assert.Equal(
            "camera http://host/api/v1/camera/0 (strict)\n"
            + "  Issue       a.b (§1): wrong | <b>\nhere\n"
            + "  Time        GET binx: 1 of 3 took more than 0.1 s, the longest 0.200 s\n"
            + "  1 checks, 1 left out: 0 errors, 1 issues, 0 informations; 1 of 3 calls missed their time.\n",
            output.ToString());
    }
}
