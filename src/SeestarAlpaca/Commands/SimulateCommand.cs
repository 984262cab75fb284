using System.CommandLine;
using System.Net;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.Commands;

/// <summary><c>simulate</c>: runs a simulated telescope on the telescope's own ports.</summary>
internal sealed class SimulateCommand : Command
{
    private readonly Option<string> _address = new("--address") { Description = "IP address to listen on; default 127.0.0.1.", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<int> _control = new("--control-port") { Description = "TCP port of commands and events, 0 for any; default 4700.", DefaultValueFactory = _ => 4700 };
    private readonly Option<int> _image = new("--image-port") { Description = "TCP port of pictures, 0 for any; default 4800.", DefaultValueFactory = _ => 4800 };
    private readonly Option<int> _wide = new("--wide-port")
    {
        Description = "TCP port of the wide camera's pictures where the model has one, 0 for any; default 4804.",
        DefaultValueFactory = _ => 4804,
    };

    private readonly Option<int> _rtsp = new("--rtsp-port") { Description = "TCP port of the video, 0 for any; default 4554.", DefaultValueFactory = _ => 4554 };
    private readonly Option<int> _wideRtsp = new("--wide-rtsp-port")
    {
        Description = "TCP port of the wide camera's video where the model has one, 0 for any; default 4555.",
        DefaultValueFactory = _ => 4555,
    };

    private readonly Option<int?> _discovery = new("--discovery-port") { Description = "UDP port of scan_iscope, usually 4720; default off." };
    private readonly Option<int?> _controlPage = new("--control-page") { Description = "TCP port of a page on this machine with weather, people and faults, 0 for any; default off." };
    private readonly SimulatorArguments _simulator = new(timeScale: 1);

    public SimulateCommand()
        : base("simulate", "Run a simulated telescope. Example: simulate --time-scale 5")
    {
        foreach (var option in (Option[])[_address, _control, _image, _wide, _rtsp, _wideRtsp, _discovery, _controlPage])
        {
            Options.Add(option);
        }

        _simulator.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            var options = _simulator.Read(arguments) with
            {
                Address = IPAddress.TryParse(arguments.GetValue(_address), out var address)
                    ? address
                    : throw new OptionsException($"--address is an IP address, such as 127.0.0.1, not {arguments.GetValue(_address)}."),
                ControlPort = arguments.GetValue(_control),
                ImagePort = arguments.GetValue(_image),
                WidePort = arguments.GetValue(_wide),
                RtspPort = arguments.GetValue(_rtsp),
                WideRtspPort = arguments.GetValue(_wideRtsp),
                DiscoveryPort = arguments.GetValue(_discovery),
            };

            using var loggers = LoggerFactory.Create(ServerLogging.Configure);
            await using var simulator = await Demo.DemoTelescope.StartAsync(options, TimeProvider.System, loggers, cancellationToken);
            Console.WriteLine($"A simulated {options.Model} is at {options.Address}. Show it to the server with");
            Console.WriteLine($"  --telescope \"{simulator.TelescopeAddressText}\"");
            await using var page = arguments.GetValue(_controlPage) is { } port ? await Demo.ControlPage.StartAsync(simulator, port, cancellationToken) : null;
            if (page is not null)
            {
                Console.WriteLine($"Weather, people and faults are at http://localhost:{ServerHost.PortOf(page)}/.");
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
        catch (OptionsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.BadOptions;
        }
    }
}
