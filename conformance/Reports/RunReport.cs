using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Reports;

/// <summary>All that a run found.</summary>
/// <param name="Kind">camera, protocol, management or discovery.</param>
/// <param name="Target">What was judged.</param>
internal sealed record RunReport(
    string Kind, string Target, bool Strict, DateTimeOffset Began, TimeSpan Elapsed, IReadOnlyList<CheckResult> Results, IReadOnlyList<Timing> Timings)
{
    /// <summary>Findings of one weight, over all checks.</summary>
    public int Count(Outcome outcome) => Results.Sum(result => result.Findings.Count(finding => finding.Outcome == outcome));

    /// <summary>Calls that took longer than ConformU's target; not counted in the verdict, as ConformU does (alpaca-camera.md §10).</summary>
    public int MissedTargets => Timings.Sum(timing => timing.Missed);

    /// <summary>The gravest finding.</summary>
    public Outcome Verdict => Results.Count == 0 ? Outcome.Error : Results.Max(result => result.Outcome);
}
