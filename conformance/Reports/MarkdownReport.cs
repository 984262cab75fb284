using System.Globalization;
using System.Text;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Reports;

/// <summary>Writes runs for people.</summary>
internal static class MarkdownReport
{
    public static string Write(IReadOnlyList<RunReport> runs)
    {
        var text = new StringBuilder("# Conformance\n");
        foreach (var run in runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {run.Kind}: {run.Target}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{run.Began.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {(run.Strict ? "strict" : "tolerant")}, {run.Elapsed.TotalSeconds:0.0} s. {ConsoleReport.Summary(run)}\n\n");
            text.Append("| check | from | result | what |\n| --- | --- | --- | --- |\n");
            foreach (var result in run.Results)
            {
                var outcome = result.LeftOut is null ? result.Outcome.ToString() : "left out";
                text.Append(CultureInfo.InvariantCulture, $"| {result.Id} | {result.Source} | {outcome} | {Cell(result.Title)}{(result.LeftOut is null ? "" : $" ({Cell(result.LeftOut)})")} |\n");
                foreach (var finding in result.Findings.Where(finding => finding.Outcome != Outcome.Ok))
                {
                    text.Append(CultureInfo.InvariantCulture, $"| | | {finding.Outcome} | {Cell(finding.Text)} |\n");
                }
            }

            Times(text, run);
        }

        return text.ToString();
    }

    private static void Times(StringBuilder text, RunReport run)
    {
        if (run.Timings.Count == 0)
        {
            return;
        }

        text.Append("\n| call | target s | calls | median ms | longest ms | missed |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var timing in run.Timings)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {timing.Call} | {timing.Target.TotalSeconds} | {timing.Count} | {timing.Median.TotalMilliseconds:0.0} | {timing.Longest.TotalMilliseconds:0.0} | {timing.Missed} |\n");
        }
    }

    /// <summary>Text from the server must not end a cell or begin markup.</summary>
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("\\", @"\\").Replace("|", "\\|").Replace("<", "&lt;");
}
