using System.CommandLine;
using SeestarAlpaca.Conformance.Management;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary>A command that judges one camera of a server, or all of them one after the other.</summary>
internal abstract class DeviceCommand : JudgeCommand
{
    private readonly Argument<string> _url = new("URL")
    {
        Description = "http://HOST:PORT for every camera of a server, or http://HOST:PORT/api/v1/camera/NUMBER for one.",
    };
    private readonly Option<uint?> _device = new("--device") { Description = "Number of the only camera that is judged." };
    private readonly Option<double> _exposure = new("--exposure")
    {
        Description = "Seconds of the exposures; default 2, as ConformU.",
        DefaultValueFactory = _ => 2,
    };
    private readonly Option<double> _poll = new("--poll")
    {
        Description = "Seconds between looks at a state; default 0.5, as ConformU.",
        DefaultValueFactory = _ => 0.5,
    };
    private readonly Option<double> _wait = new("--wait")
    {
        Description = "Seconds for which a state is waited for; default 10, as ConformU.",
        DefaultValueFactory = _ => 10,
    };
    private readonly Option<string?> _only = new("--only") { Description = "Do only checks whose name begins so, and those that they need." };
    private readonly Option<uint?> _clientId = new("--client-id") { Description = "ClientID of the requests." };

    protected DeviceCommand(string name, string description)
        : base(name, description)
    {
        Arguments.Add(_url);
        foreach (var option in (Option[])[_device, _exposure, _poll, _wait, _only, _clientId])
        {
            Options.Add(option);
        }
    }

    /// <summary>Judges one camera.</summary>
    protected abstract Task<RunReport> JudgeAsync(Uri device, ParseResult arguments, CancellationToken cancellationToken);

    /// <summary>Duration of the exposures.</summary>
    protected TimeSpan Exposure(ParseResult arguments) => Seconds(arguments, _exposure, 0.001, 3600);

    /// <summary>Between two looks at a state.</summary>
    protected TimeSpan Poll(ParseResult arguments) => Seconds(arguments, _poll, 0.001, 60);

    /// <summary>How long a state is waited for.</summary>
    protected TimeSpan Wait(ParseResult arguments) => Seconds(arguments, _wait, 0.1, 3600);

    /// <summary>The beginning of the names of checks; null for all.</summary>
    protected string? Only(ParseResult arguments) => arguments.GetValue(_only);

    /// <summary>The ClientID that was asked for; null for none.</summary>
    protected uint? ClientId(ParseResult arguments) => arguments.GetValue(_clientId) is not 0 and var id
        ? id
        : throw new UsageException("--client-id is a number from 1 on; 0 stands for none.");

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<RunReport>> JudgeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (target, problem) = Target.Parse(arguments.GetRequiredValue(_url));
        if (target is null)
        {
            throw new UsageException(problem!);
        }

        var named = target.Camera ?? arguments.GetValue(_device);
        var cameras = named is { } one ? [one] : await ManagementJudgement.CamerasAsync(target.Server, TimeProvider.System, cancellationToken);
        if (cameras.Count == 0)
        {
            await Console.Error.WriteLineAsync($"{target.Server} lists no camera.");
        }

        var runs = new List<RunReport>();
        foreach (var camera in cameras)
        {
            runs.Add(await JudgeAsync(target.Device(camera), arguments, cancellationToken));
        }

        return runs;
    }
}
