using System.CommandLine;
using SeestarAlpaca.Conformance.Protocol;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary><c>protocol URL</c>: how a camera speaks Alpaca.</summary>
internal sealed class ProtocolCommand() : DeviceCommand("protocol", "Judge how a camera speaks Alpaca: ConformU's protocol run, and what it does not try.")
{
    /// <inheritdoc/>
    protected override IEnumerable<string> CheckNames => ProtocolJudgement.Checks.Select(check => check.Id);

    /// <inheritdoc/>
    protected override Func<Uri, CancellationToken, Task<RunReport>> Prepare(ParseResult arguments)
    {
        var defaults = new ProtocolSettings();
        var settings = new ProtocolSettings
        {
            Strict = IsStrict(arguments),
            Exposure = Exposure(arguments),
            Poll = Poll(arguments),
            Wait = Wait(arguments),
            Only = Only(arguments),
            ClientId = ClientId(arguments) ?? defaults.ClientId,
        };
        return (device, cancellationToken) => ProtocolJudgement.RunAsync(device, settings, Progress, TimeProvider.System, cancellationToken);
    }
}
