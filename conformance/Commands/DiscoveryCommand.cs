using System.CommandLine;
using System.Net;
using SeestarAlpaca.Conformance.Discovery;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary><c>discovery</c>: how servers are found.</summary>
internal sealed class DiscoveryCommand : JudgeCommand
{
    private readonly Option<string?> _address = new("--address")
    {
        Description = "The only IP address that is asked; without it every network of this machine is.",
    };
    private readonly Option<int> _port = new("--port")
    {
        Description = "UDP port; default 32227.",
        DefaultValueFactory = _ => DiscoverySettings.DefaultPort,
    };
    private readonly Option<double> _wait = new("--wait")
    {
        Description = "Seconds for which answers are waited for; default 2.",
        DefaultValueFactory = _ => 2,
    };

    public DiscoveryCommand()
        : base("discovery", "Judge how Alpaca servers are discovered.")
    {
        Options.Add(_address);
        Options.Add(_port);
        Options.Add(_wait);
    }

    protected override async Task<IReadOnlyList<RunReport>> JudgeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        IPAddress? address = null;
        if (arguments.GetValue(_address) is { } text && !IPAddress.TryParse(text, out address))
        {
            throw new UsageException($"--address is an IP address such as 127.0.0.1, not '{text}'.");
        }

        var port = arguments.GetValue(_port);
        var settings = new DiscoverySettings
        {
            Strict = IsStrict(arguments),
            Address = address,
            Port = port is >= 1 and <= 65535 ? port : throw new UsageException($"--port is a number from 1 to 65535, not {port}."),
            Wait = Seconds(arguments, _wait, 0.1, 60),
        };
        return [await DiscoveryJudgement.RunAsync(settings, Progress, TimeProvider.System, cancellationToken)];
    }
}
