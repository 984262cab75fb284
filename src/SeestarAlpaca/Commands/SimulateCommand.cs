using System.CommandLine;
using System.Net;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Recordings;

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
    private readonly Option<string?> _record = new("--record") { Description = "Record the traffic with clients, without secrets, in this file." };
    private readonly SimulatorArguments _simulator = new(timeScale: 1);

    public SimulateCommand()
        : base("simulate", "Run a simulated telescope. Example: simulate --time-scale 5")
    {
        foreach (var option in (Option[])[_address, _control, _image, _wide, _rtsp, _wideRtsp, _discovery, _controlPage, _record])
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
            var address = IPAddress.TryParse(arguments.GetValue(_address), out var parsed)
                ? parsed
                : throw new OptionsException($"--address is an IP address, such as 127.0.0.1, not {arguments.GetValue(_address)}.");
            using var loggers = LoggerFactory.Create(ServerLogging.Configure);
            if (_simulator.ReadRecording(arguments) is { } played)
            {
                await using var playing = StartRecorder(arguments, loggers);
                return await PlayAsync(arguments, address, played.File, played.TimeScale, playing, loggers, cancellationToken);
            }

            var chosen = _simulator.Read(arguments);
            await using var recorder = StartRecorder(arguments, loggers);
            var options = chosen with
            {
                Address = address,
                Recorder = recorder,
                ControlPort = arguments.GetValue(_control),
                ImagePort = arguments.GetValue(_image),
                WidePort = arguments.GetValue(_wide),
                RtspPort = arguments.GetValue(_rtsp),
                WideRtspPort = arguments.GetValue(_wideRtsp),
                DiscoveryPort = arguments.GetValue(_discovery),
            };

            await using var simulator = await Demo.DemoTelescope.StartAsync(options, TimeProvider.System, loggers, cancellationToken);
            await using var page = arguments.GetValue(_controlPage) is { } port ? await Demo.ControlPage.StartAsync(simulator, port, cancellationToken) : null;
            Console.WriteLine($"A simulated {options.Model} is at {options.Address}. Show it to the server with");
            Console.WriteLine($"  --telescope \"{simulator.TelescopeAddressText}\"");
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

    private TrafficRecorder? StartRecorder(ParseResult arguments, ILoggerFactory loggers)
    {
        if (arguments.GetValue(_record) is not { } file)
        {
            return null;
        }

        return string.IsNullOrWhiteSpace(file) || Directory.Exists(file)
            ? throw new OptionsException($"--record names the file to record in, such as night.ssrec, not '{file}'.")
            : TrafficRecorder.Start(file, $"SeestarAlpaca {ServerVersion.Text}", TimeProvider.System, loggers.CreateLogger<TrafficRecorder>());
    }

    private async Task<int> PlayAsync(
        ParseResult arguments, IPAddress address, string file, double timeScale, TrafficRecorder? recorder, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (Array.Find((Option[])[_rtsp, _wideRtsp, _discovery, _controlPage], option => arguments.GetResult(option) is { Implicit: false }) is { } useless)
        {
            throw new OptionsException($"{useless.Name} is for a simulated sky; a recording has neither video nor discovery nor weather. Only --address and the ports of control and pictures can be chosen.");
        }

        var options = new RecordedTelescopeOptions
        {
            File = file,
            TimeScale = timeScale,
            Address = address,
            ControlPort = arguments.GetValue(_control),
            ImagePort = arguments.GetValue(_image),
            WidePort = arguments.GetValue(_wide),
            Recorder = recorder,
        };
        await using var telescope = await Demo.DemoTelescope.StartAsync(options, TimeProvider.System, loggers, cancellationToken);
        Console.WriteLine($"A recorded telescope is at {address}; its time begins with the first connection. Show it to the server with");
        Console.WriteLine($"  --telescope \"{telescope.TelescopeAddressText}\"");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return ExitCode.Success;
    }
}
