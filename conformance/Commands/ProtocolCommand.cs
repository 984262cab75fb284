using System.CommandLine;
using SeestarAlpaca.Conformance.Protocol;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary><c>protocol URL</c>: how a camera speaks Alpaca.</summary>
internal sealed class ProtocolCommand() : DeviceCommand("protocol", "Judge how a camera speaks Alpaca: ConformU's protocol run, and what it does not try.")
{
    protected override Task<RunReport> JudgeAsync(Uri device, ParseResult arguments, CancellationToken cancellationToken)
    {
        var settings = new ProtocolSettings { Strict = IsStrict(arguments), Exposure = Exposure(arguments), Poll = Poll(arguments), Wait = Wait(arguments), Only = Only(arguments) };
        return ProtocolJudgement.RunAsync(
            device, settings with { ClientId = ClientId(arguments) ?? settings.ClientId }, Progress, TimeProvider.System, cancellationToken);
    }
}
