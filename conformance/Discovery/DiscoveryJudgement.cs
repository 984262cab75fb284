using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Discovery;

/// <summary>Judges how servers are discovered.</summary>
internal static class DiscoveryJudgement
{
    /// <summary>Judges the servers that answer.</summary>
    public static async Task<RunReport> RunAsync(
        DiscoverySettings settings, IProgress<CheckResult> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var judge = new Judge(settings.Strict);
        var began = time.GetUtcNow();
        var run = new DiscoveryRun(settings, judge, time);
        var results = await new Runner(judge, progress, time).RunAsync(DiscoveryChecks.All, run, cancellationToken);
        var target = $"{(settings.Address is null ? "all networks" : settings.Address.ToString())}, UDP port {settings.Port}";
        return new RunReport("discovery", target, settings.Strict, began, time.GetUtcNow() - began, results, []);
    }
}
