using System.CommandLine;
using System.Security.Cryptography;
using SeestarAlpaca.Conformance.Camera;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary><c>camera URL</c>: what a camera does.</summary>
internal sealed class CameraCommand : DeviceCommand
{
    private readonly Option<bool> _letterF = new("--expect-letter-f")
    {
        Description = "The camera shows a letter F that stands still; judge its orientation and subframes.",
    };
    private readonly Option<double?> _performance = new("--performance") { Description = "Count reads for so many seconds each; ConformU's are 5." };

    public CameraCommand()
        : base("camera", "Judge what a camera does: ConformU's conformance run, and what it leaves out.")
    {
        Options.Add(_letterF);
        Options.Add(_performance);
    }

    protected override Task<RunReport> JudgeAsync(Uri device, ParseResult arguments, CancellationToken cancellationToken)
    {
        var settings = new CameraSettings
        {
            Strict = IsStrict(arguments),
            Exposure = Exposure(arguments),
            Poll = Poll(arguments),
            Wait = Wait(arguments),
            Only = Only(arguments),
            ExpectLetterF = arguments.GetValue(_letterF),
            Performance = arguments.GetValue(_performance) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0.01, 600)) : null,

            // Two runs at once must not be taken for one client.
            ClientId = ClientId(arguments) ?? (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue),
        };
        return CameraJudgement.RunAsync(device, settings, Progress, TimeProvider.System, cancellationToken);
    }
}
