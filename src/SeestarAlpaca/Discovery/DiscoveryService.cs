using Microsoft.AspNetCore.Hosting.Server;
using SeestarAlpaca.Alpaca.Discovery;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.Discovery;

/// <summary>Answers Alpaca clients that search for servers, once the API is there. Where the port cannot be had the server works without.</summary>
internal sealed partial class DiscoveryService(
    ServerOptions options, IServer server, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DiscoveryService> logger) : BackgroundService
{
    private readonly TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when requests are answered.</summary>
    public Task Bound => _bound.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.DiscoveryPort == 0)
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            using var responder = DiscoveryResponder.Bind(options.DiscoveryPort, options.LoopbackOnly, time, logger);
            _bound.SetResult();
            await responder.RunAsync(ServerHost.PortOf(server), stoppingToken);
        }
        catch (IOException exception)
        {
            Log.Off(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Clients cannot discover this server; enter its address by hand. {Reason}", EventName = nameof(Off))]
        public static partial void Off(ILogger logger, string reason);
    }
}
