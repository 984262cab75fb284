using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Telescopes;

/// <summary>Searches for telescopes as long as the server runs, and asks those that do not tell their serial number by themselves.</summary>
public sealed partial class TelescopeSearch(
    ServerOptions options,
    TelescopeRegistry registry,
    ITelescopeFinder finder,
    ISerialNumberFinder serials,
    TransportFactory transports,
    TimeProvider time,
    ILogger<TelescopeSearch> logger) : BackgroundService
{
    /// <summary>How long one search listens.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    /// <summary>How long to wait between two searches.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>After so many questions for the serial number in a row, only every tenth round asks again: some telescopes never answer.</summary>
    private const int Eager = 3;

    private readonly Dictionary<Guid, Asked> _asked = [];
    private int _rounds;

    /// <summary>How many searches have ended.</summary>
    internal int Rounds => Volatile.Read(ref _rounds);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await SearchAsync(stoppingToken);
                await Task.WhenAll(registry.Telescopes.Where(telescope => telescope.IsConnected).Select(telescope => AskSerialAsync(telescope, stoppingToken)));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A bug must not end the search, and the server with it.
                Log.Broke(logger, exception);
            }

            var pause = Task.Delay(Interval, time, stoppingToken);
            Interlocked.Increment(ref _rounds);
            await pause;
        }
    }

    private async Task SearchAsync(CancellationToken cancellationToken)
    {
        // One that moved, or was forgotten, is taken up again where the user says that it is.
        foreach (var address in options.Telescopes)
        {
            registry.Take(new FoundTelescope(address, TelescopeSource.Configured));
        }

        if (!options.FindTelescopes)
        {
            return;
        }

        // IPv4 goes first: a telescope tells both addresses under one name, and video players do not know the scope of a local IPv6 address.
        List<FoundTelescope> later = [];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        await foreach (var found in finder.FindAsync(Duration, cancellationToken))
        {
            if (IsIPv6(found))
            {
                later.Add(found);
            }
            else if (await IsTelescopeAsync(found, cancellationToken))
            {
                registry.Take(found);
                taken.UnionWith(Names(found));
            }
        }

        foreach (var found in later.Where(found => !taken.Overlaps(Names(found))))
        {
            if (await IsTelescopeAsync(found, cancellationToken))
            {
                registry.Take(found);
            }
        }
    }

    private static bool IsIPv6(FoundTelescope found) =>
        IPAddress.TryParse(found.Address.Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static IEnumerable<string> Names(FoundTelescope found) => new[] { found.HostName, found.Serial }.OfType<string>();

    /// <summary>A name or an address alone proves nothing: routers use the access point's address too. Something must listen on the control port.</summary>
    private async Task<bool> IsTelescopeAsync(FoundTelescope found, CancellationToken cancellationToken)
    {
        if (found.Source is not (TelescopeSource.AccessPoint or TelescopeSource.Resolver) || registry.Telescopes.Any(telescope => telescope.Address == found.Address))
        {
            return true;
        }

        try
        {
            await using var stream = await transports(found.Address).ConnectAsync(TelescopePort.Control, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Asks a telescope that is there: for the number, or whether it is still the one that was there before.</summary>
    private async Task AskSerialAsync(Telescope telescope, CancellationToken cancellationToken)
    {
        if (telescope.Address is not { } address)
        {
            return;
        }

        Asked asked;
        lock (_asked)
        {
            var before = _asked.GetValueOrDefault(telescope.Record.Id);
            asked = before?.Address == address && before.Telescope == telescope ? before with { Times = before.Times + 1 } : new Asked(telescope, address, 1, false);
            _asked[telescope.Record.Id] = asked;
        }

        if (asked.Answered || (asked.Times > Eager && asked.Times % 10 != 0))
        {
            return;
        }

        if (await serials.AskAsync(address, cancellationToken) is ({ } serial, var model))
        {
            lock (_asked)
            {
                _asked[telescope.Record.Id] = asked with { Answered = true };
            }

            registry.TakeSerial(telescope, address, serial, model);
        }
    }

    private sealed record Asked(Telescope Telescope, TelescopeAddress Address, int Times, bool Answered);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A search for telescopes broke for an unforeseen reason; the next one follows.", EventName = nameof(Broke))]
        public static partial void Broke(ILogger logger, Exception exception);
    }
}
