using System.CommandLine;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Commands;

/// <summary><c>discover</c>: lists the telescopes that answer on the network.</summary>
internal sealed class DiscoverCommand : Command
{
    private readonly Option<double> _seconds = new("--seconds") { Description = "How long to listen, 1 to 60; default 5.", DefaultValueFactory = _ => 5 };

    public DiscoverCommand()
        : base("discover", "List the Seestar telescopes on the network.")
    {
        Options.Add(_seconds);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var seconds = arguments.GetValue(_seconds);
        if (seconds is not (>= 1 and <= 60))
        {
            await Console.Error.WriteLineAsync($"--seconds is a number from 1 to 60, not {seconds}.");
            return ExitCode.BadOptions;
        }

        using var loggers = LoggerFactory.Create(ServerLogging.Configure);
        var count = 0;
        try
        {
            await foreach (var found in TelescopeFinders.Create(TimeProvider.System, loggers).FindAsync(TimeSpan.FromSeconds(seconds), cancellationToken))
            {
                count++;
                Console.WriteLine($"{found.Address,-24} {found.Model ?? "Seestar",-16} {found.Serial ?? "serial unknown",-14} {found.HostName ?? string.Empty} ({found.Source})");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success;
        }

        if (count == 0)
        {
            Console.WriteLine("No telescope answered. It must be switched on and on this network; name it with --telescope HOST if it does not answer searches.");
        }

        return ExitCode.Success;
    }
}
