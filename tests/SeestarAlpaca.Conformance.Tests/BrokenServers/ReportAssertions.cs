using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>What tests ask of a report.</summary>
internal static class ReportAssertions
{
    /// <summary>Fails with all that was found, unless nothing was.</summary>
    public static void IsClean(this RunReport report)
    {
        Assert.Equal("", Found(report));
        Assert.NotEmpty(report.Results);
    }

    /// <summary>Fails unless a check found something, at least of the weight given.</summary>
    public static void Finds(this RunReport report, string checkId, Outcome atLeast)
    {
        var result = Assert.Single(report.Results, result => result.Id == checkId);
        Assert.True(result.Outcome >= atLeast, $"{checkId} found nothing of this ({result.LeftOut ?? "done"}). Found: {Found(report)}");
    }

    private static string Found(RunReport report) => string.Join(
        '\n', report.Results.SelectMany(result => result.Findings.Where(finding => finding.Outcome != Outcome.Ok).Select(finding => $"{result.Id} {finding.Outcome}: {finding.Text}")));
}
