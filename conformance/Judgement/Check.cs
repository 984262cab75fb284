namespace SeestarAlpaca.Conformance.Judgement;

/// <summary>One thing that is judged; declared once, in a table.</summary>
/// <typeparam name="TRun">What the kind of run gives to its checks.</typeparam>
/// <param name="Id">Stable name, feature first: <c>binning.range</c>.</param>
/// <param name="Source">The paragraph of alpaca-camera.md that it comes from.</param>
/// <param name="Title">What is judged, in a few words.</param>
/// <param name="RunAsync">Does it and tells the judge.</param>
internal sealed record Check<TRun>(string Id, string Source, string Title, Func<TRun, CancellationToken, Task> RunAsync)
{
    /// <summary>Why it cannot be judged on this camera; null where it can.</summary>
    public Func<TRun, string?>? LeftOut { get; init; }

    /// <summary>Whether others need what it learns, so that it is always done.</summary>
    public bool Essential { get; init; }

    /// <summary>The check that must be done before; null for none.</summary>
    public string? Needs { get; init; }

    /// <summary>A check that only looks at what others saw.</summary>
    public static Check<TRun> Of(string id, string source, string title, Action<TRun> judge) =>
        new(id, source, title, (run, _) =>
        {
            judge(run);
            return Task.CompletedTask;
        });
}

/// <summary>Chooses among checks.</summary>
internal static class Checks
{
    /// <summary>The checks whose name begins so, and those without which they cannot be done.</summary>
    /// <param name="prefix">Null for all.</param>
    public static IReadOnlyList<Check<TRun>> Only<TRun>(this IReadOnlyList<Check<TRun>> all, string? prefix)
    {
        var chosen = all.Where(check => prefix is null || check.Id.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return [.. all.Where(check => check.Essential || chosen.Contains(check) || chosen.Exists(other => other.Needs == check.Id))];
    }
}

/// <summary>What became of a check.</summary>
/// <param name="LeftOut">Why it was not done; null when it was.</param>
internal sealed record CheckResult(string Id, string Source, string Title, IReadOnlyList<Finding> Findings, TimeSpan Elapsed, string? LeftOut)
{
    /// <summary>The gravest finding.</summary>
    public Outcome Outcome => Findings.Count == 0 ? Outcome.Ok : Findings.Max(finding => finding.Outcome);
}

/// <summary>Nothing further can be judged; the run ends here.</summary>
internal sealed class RunEndedException(string message) : Exception(message);
