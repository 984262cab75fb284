using System.CommandLine;
using SeestarAlpaca.Conformance.Management;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary><c>management URL</c>: what a server tells of itself.</summary>
internal sealed class ManagementCommand : JudgeCommand
{
    private readonly Argument<string> _url = new("URL") { Description = "http://HOST:PORT" };
    private readonly Option<FileInfo?> _known = new("--known")
    {
        Description = "Compare UniqueIDs with those in this file; written when it is not there. For restarts of the server.",
    };

    public ManagementCommand()
        : base("management", "Judge the management API and the set-up pages of a server.")
    {
        Arguments.Add(_url);
        Options.Add(_known);
    }

    protected override async Task<IReadOnlyList<RunReport>> JudgeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (target, problem) = Target.Parse(arguments.GetRequiredValue(_url));
        var settings = new ManagementSettings { Strict = IsStrict(arguments), KnownFile = arguments.GetValue(_known)?.FullName };
        return target is null ? throw new UsageException(problem!)
            : [await ManagementJudgement.RunAsync(target.Server, settings, Progress, TimeProvider.System, cancellationToken)];
    }
}
