namespace SeestarAlpaca.Conformance.Judgement;

/// <summary>Collects what the check under way finds. Safe for several threads, since checks may use several clients at once.</summary>
internal sealed class Judge(bool strict)
{
    private readonly Lock _gate = new();
    private List<Finding> _findings = [];

    /// <summary>Whether the run is a strict one.</summary>
    public bool Strict => strict;

    public void Ok(string text) => Add(Outcome.Ok, text);

    public void Information(string text) => Add(Outcome.Information, text);

    public void Issue(string text) => Add(Outcome.Issue, text);

    public void Error(string text) => Add(Outcome.Error, text);

    /// <summary>Adds a problem with the weight that it has in this run.</summary>
    /// <param name="where">The request or thing that has it.</param>
    public void Add(string where, Problem problem)
    {
        var outcome = strict ? problem.Strict : problem.Tolerant;
        if (outcome != Outcome.Ok)
        {
            Add(outcome, $"{where}: {problem.Text}");
        }
    }

    /// <summary>Adds an OK, or an issue.</summary>
    public void Require(bool right, string ok, string issue)
    {
        if (right)
        {
            Ok(ok);
        }
        else
        {
            Issue(issue);
        }
    }

    /// <summary>Hands over what was found and begins anew.</summary>
    public IReadOnlyList<Finding> Take()
    {
        lock (_gate)
        {
            var taken = _findings;
            _findings = [];
            return taken;
        }
    }

    /// <summary>Servers' own words end up on a terminal; control characters do not.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private void Add(Outcome outcome, string text)
    {
        lock (_gate)
        {
            // The same sentence from fifty requests is one finding.
            var finding = new Finding(outcome, OneLine(text));
            if (!_findings.Contains(finding))
            {
                _findings.Add(finding);
            }
        }
    }
}
