using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using SeestarAlpaca.Commands;
using SeestarAlpaca.Demo;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca;

/// <summary>The life of the server from its options to its end.</summary>
internal static class ServerProgram
{
    /// <summary>How many ports after the default one are tried when that is taken and none was asked for.</summary>
    private const int PortsToTry = 20;

    /// <summary>Runs until cancelled.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        ServerOptions options, IConfiguration configuration, SimulatorOptions simulated, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(ServerLogging.Configure);
        using var data = DataDirectory.Open(options);
        await using var simulator = options.Demo ? await DemoTelescope.StartAsync(simulated, TimeProvider.System, loggers, cancellationToken) : null;
        if (simulator is not null)
        {
            options = options with { Telescopes = [TelescopeAddress.Parse(simulator.TelescopeAddressText)] };
        }

        var port = ChoosePort(options);
        await using var server = ServerHost.Build(options, data, port, TimeProvider.System, configuration);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            // Somebody has taken it since it was found free, or on IPv6 alone.
            throw new OptionsException(Taken(port));
        }

        Announce(options, server, port);
        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
    }

    private static string Taken(int port) => $"Port {port} is taken; choose another with --port.";

    private static void Announce(ServerOptions options, WebApplication server, int port)
    {
        var bound = ServerHost.PortOf(server);
        if (options.Port is null && port != ServerOptions.DefaultPort)
        {
            Console.WriteLine($"Port {ServerOptions.DefaultPort} is taken, so the server uses {bound}; discovery tells clients.");
        }

        if (options.Demo)
        {
            Console.WriteLine("The telescope is SIMULATED: no real telescope is used in demo mode.");
        }

        Console.WriteLine($"SeestarAlpaca {ServerVersion.Text} is at http://localhost:{bound}/ (Ctrl-C ends it).");
    }

    /// <summary>The port asked for; else the default one; else, where that is taken, the next free one.</summary>
    /// <exception cref="OptionsException">The port asked for is taken, or may not be used.</exception>
    private static int ChoosePort(ServerOptions options)
    {
        if (options.Port is { } asked)
        {
            return IsFree(asked, options.LoopbackOnly) ? asked : throw new OptionsException(Taken(asked));
        }

        for (var port = ServerOptions.DefaultPort; port < ServerOptions.DefaultPort + PortsToTry; port++)
        {
            if (IsFree(port, options.LoopbackOnly))
            {
                return port;
            }
        }

        throw new OptionsException($"Ports {ServerOptions.DefaultPort} to {ServerOptions.DefaultPort + PortsToTry - 1} are all taken; choose one with --port.");
    }

    private static bool IsFree(int port, bool loopbackOnly)
    {
        if (port == 0)
        {
            return true;
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(loopbackOnly ? IPAddress.Loopback : IPAddress.Any, port));
            socket.Listen();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException exception)
        {
            throw new OptionsException($"Port {port} cannot be used: {exception.Message}. Choose another with --port.");
        }
    }
}
