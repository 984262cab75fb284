using System.Text.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Reports;

/// <summary>Writes runs for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(IReadOnlyList<RunReport> runs) => JsonSerializer.Serialize(
        new
        {
            verdict = runs.Count == 0 ? "Error" : runs.Max(run => run.Verdict).ToString(),
            runs = runs.Select(run => new
            {
                kind = run.Kind,
                target = run.Target,
                strict = run.Strict,
                began = run.Began.UtcDateTime,
                seconds = run.Elapsed.TotalSeconds,
                verdict = run.Verdict.ToString(),
                errors = run.Count(Outcome.Error),
                issues = run.Count(Outcome.Issue),
                informations = run.Count(Outcome.Information),
                missedTargets = run.MissedTargets,
                checks = run.Results.Select(result => new
                {
                    id = result.Id,
                    source = result.Source,
                    title = result.Title,
                    outcome = result.Outcome.ToString(),
                    leftOut = result.LeftOut,
                    seconds = result.Elapsed.TotalSeconds,
                    findings = result.Findings.Select(finding => new { outcome = finding.Outcome.ToString(), text = finding.Text }),
                }),
                timings = run.Timings.Select(timing => new
                {
                    call = timing.Call,
                    targetSeconds = timing.Target.TotalSeconds,
                    calls = timing.Count,
                    medianMilliseconds = timing.Median.TotalMilliseconds,
                    longestMilliseconds = timing.Longest.TotalMilliseconds,
                    missed = timing.Missed,
                }),
            }),
        },
        Indented);
}
