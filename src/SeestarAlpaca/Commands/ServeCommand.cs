using System.CommandLine;
using SeestarAlpaca.Demo;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.Commands;

/// <summary><c>serve</c>: runs the server. Also what happens when no command is named.</summary>
internal sealed class ServeCommand : Command
{
    private readonly Option<bool> _demo = new("--demo") { Description = "Show a simulated telescope instead of the network's." };
    private readonly Option<string?> _port = new("--port") { Description = "TCP port of the server; default 11111, or the next free one." };
    private readonly Option<string?> _discoveryPort = new("--discovery-port") { Description = "UDP port of Alpaca discovery; default 32227, 0 for off." };
    private readonly Option<bool> _loopbackOnly = new("--loopback-only") { Description = "Serve this machine only." };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of the server's state; default the user's application directory." };
    private readonly Option<string[]> _telescope = new("--telescope")
    {
        Description = "A telescope that is always there, as HOST[;control=P;image=P;wide=P;rtsp=P]. May be repeated.",
    };

    private readonly Option<string?> _interfaceVersion = new("--interface-version") { Description = "ASCOM camera interface, 3 or 4; default 4." };
    private readonly Option<string?> _mosaic = new("--mosaic") { Description = "RGGB recipe: Auto, Lossless2X or SameSize; default Auto." };
    private readonly Option<string?> _record = new("--record") { Description = "Record the telescopes' traffic, without secrets, in this file." };
    private readonly SimulatorArguments _simulator = new(timeScale: DemoTelescope.DefaultTimeScale);

    public ServeCommand()
        : base("serve", "Run the server (the default). Example: serve --demo")
    {
        AddTo(this);
        SetAction(RunAsync);
    }

    /// <summary>Lets the program do this when no command is named.</summary>
    public void BeDefaultOf(RootCommand program)
    {
        AddTo(program);
        program.SetAction(RunAsync);
    }

    private void AddTo(Command command)
    {
        foreach (var option in (Option[])[_demo, _port, _discoveryPort, _loopbackOnly, _data, _telescope, _interfaceVersion, _mosaic, _record])
        {
            command.Options.Add(option);
        }

        _simulator.AddTo(command, "Demo only: ");
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = Configure(arguments);
            var options = ServerOptionsReader.Read(configuration);
            if (!options.Demo && _simulator.FirstUsed(arguments) is { } used)
            {
                throw new OptionsException($"{used} is for the simulated telescope; add --demo, or leave it out.");
            }

            if (_simulator.ReadRecording(arguments) is not null)
            {
                throw new OptionsException("The demo plays no recordings. Start simulate --replay FILE, and show it to the server with --telescope.");
            }

            return await ServerProgram.RunAsync(options, configuration, _simulator.Read(arguments), cancellationToken);
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
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failure;
        }
    }

    /// <summary>The command line over the environment over the file beside the program.</summary>
    private IConfigurationRoot Configure(ParseResult arguments)
    {
        var given = new Dictionary<string, string?>();
        Give(_demo, nameof(ServerOptions.Demo));
        Give(_port, nameof(ServerOptions.Port));
        Give(_discoveryPort, nameof(ServerOptions.DiscoveryPort));
        Give(_loopbackOnly, nameof(ServerOptions.LoopbackOnly));
        Give(_data, nameof(ServerOptions.Data));
        Give(_interfaceVersion, nameof(ServerOptions.InterfaceVersion));
        Give(_mosaic, nameof(ServerOptions.Mosaic));
        Give(_record, nameof(ServerOptions.Record));
        if (arguments.GetValue(_telescope) is { Length: > 0 } telescopes)
        {
            given[nameof(ServerOptions.Telescopes)] = string.Join(',', telescopes);
        }

        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddEnvironmentVariables("SEESTARALPACA_")
                .AddInMemoryCollection(given)
                .Build();
        }
        catch (InvalidDataException exception)
        {
            throw new OptionsException($"appsettings.json cannot be read: {exception.InnerException?.Message ?? exception.Message}");
        }

        void Give<T>(Option<T> option, string name)
        {
            if (arguments.GetResult(option) is { Implicit: false })
            {
                given[name] = arguments.GetValue(option)?.ToString();
            }
        }
    }
}
