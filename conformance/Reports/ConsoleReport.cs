using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Reports;

/// <summary>Tells runs on a console: what is not right, missed times, and one line in the end.</summary>
internal static class ConsoleReport
{
    public static void Write(RunReport run, TextWriter output)
    {
        output.WriteLine($"{run.Kind} {run.Target} ({(run.Strict ? "strict" : "tolerant")})");
        foreach (var result in run.Results)
        {
            foreach (var finding in result.Findings.Where(finding => finding.Outcome != Outcome.Ok))
            {
                output.WriteLine($"  {finding.Outcome,-11} {result.Id} ({result.Source}): {finding.Text}");
            }
        }

        foreach (var timing in run.Timings.Where(timing => timing.Missed > 0))
        {
            output.WriteLine(
                $"  Time        {timing.Call}: {timing.Missed} of {timing.Count} took more than {timing.Target.TotalSeconds} s, the longest {timing.Longest.TotalSeconds:0.000} s");
        }

        output.WriteLine($"  {Summary(run)}");
    }

    /// <summary>One sentence with all counts.</summary>
    public static string Summary(RunReport run) =>
        $"{run.Results.Count(result => result.LeftOut is null)} checks, {run.Results.Count(result => result.LeftOut is not null)} left out: "
        + $"{run.Count(Outcome.Error)} errors, {run.Count(Outcome.Issue)} issues, {run.Count(Outcome.Information)} informations; {run.MissedTargets} of {run.Timings.Sum(timing => timing.Count)} calls missed their time.";
}

/// <summary>Shows on a terminal what is being judged; nothing where standard error is no terminal.</summary>
internal sealed class TerminalProgress : IProgress<CheckResult>
{
    private readonly bool _silent = Console.IsErrorRedirected;

    public void Report(CheckResult value)
    {
        if (!_silent)
        {
            var mark = value.LeftOut is not null ? "-" : value.Outcome.ToString();
            Console.Error.WriteLine($"{mark,-11} {value.Id,-32} {value.Elapsed.TotalSeconds,7:0.0} s");
        }
    }
}
