using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary>What the program's exit codes mean. They are verdicts, not counts, so none can wrap round at 256 (alpaca-camera.md §13).</summary>
internal static class ExitCode
{
    /// <summary>Neither errors nor issues; informations and missed times are not counted.</summary>
    public const int Clean = 0;

    /// <summary>At least one issue, no error.</summary>
    public const int Issues = 1;

    /// <summary>At least one error, or it could not be judged.</summary>
    public const int Errors = 2;

    /// <summary>The command line cannot be used, or a report cannot be written.</summary>
    public const int Usage = 3;

    /// <summary>The code of the gravest finding.</summary>
    public static int Of(IReadOnlyCollection<RunReport> runs) => runs.Select(run => run.Verdict).DefaultIfEmpty(Outcome.Error).Max() switch
    {
        Outcome.Error => Errors,
        Outcome.Issue => Issues,
        _ => Clean,
    };
}
