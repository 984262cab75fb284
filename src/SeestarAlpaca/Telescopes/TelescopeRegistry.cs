using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SessionOptions = SeestarAlpaca.Seestar.Session.SessionOptions;

namespace SeestarAlpaca.Telescopes;

/// <summary>
/// All telescopes that the server knows, those that are off included. Keeps a session with each, searches for more while it runs, and notes what
/// becomes known of them.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed partial class TelescopeRegistry : BackgroundService
{
    /// <summary>How long one search listens.</summary>
    private static readonly TimeSpan SearchDuration = TimeSpan.FromSeconds(3);

    /// <summary>How long to wait between two searches.</summary>
    private static readonly TimeSpan SearchInterval = TimeSpan.FromSeconds(30);

    /// <summary>Cameras that were listed this long may have been noted by a client.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Running> _running = [];
    private readonly ServerOptions _options;
    private readonly SessionOptions _sessionOptions;
    private readonly IdentityStore _identities;
    private readonly ITelescopeFinder _finder;
    private readonly SerialNumberFinder _serials;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private bool _stopped;
    private volatile IReadOnlyList<Telescope> _telescopes = [];

    /// <summary>Makes a registry that is not running yet.</summary>
    public TelescopeRegistry(
        ServerOptions options,
        SessionOptions sessionOptions,
        IdentityStore identities,
        ITelescopeFinder finder,
        SerialNumberFinder serials,
        TimeProvider time,
        Random random,
        ILoggerFactory loggers)
    {
        (_options, _sessionOptions, _identities, _finder) = (options, sessionOptions, identities, finder);
        (_serials, _time, _random, _loggers) = (serials, time, random, loggers);
        _logger = loggers.CreateLogger<TelescopeRegistry>();
    }

    /// <summary>All telescopes, in the order of their camera numbers. The same list as long as no telescope, and no camera of one, comes or goes.</summary>
    public IReadOnlyList<Telescope> Telescopes => _telescopes;

    /// <summary>The telescope with that id; null when there is none.</summary>
    public Telescope? Find(Guid id)
    {
        lock (_gate)
        {
            return _running.GetValueOrDefault(id)?.Telescope;
        }
    }

    /// <summary>Notes that a telescope was found. One that is connected stays where it is: it may have several addresses.</summary>
    public void Take(FoundTelescope found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var serial = found.Serial?.ToLowerInvariant();
        var binding = found.Source == TelescopeSource.Configured ? found.Address.ToString() : found.HostName ?? found.Address.Host;
        lock (_gate)
        {
            // What answers where a telescope is, without another one's serial number, is that telescope.
            var there = _running.Values.Select(running => running.Telescope).FirstOrDefault(telescope =>
                telescope.Address == found.Address && (serial is null || telescope.Record.Serial is null || telescope.Record.Serial == serial));
            if (there is not null)
            {
                if (serial is not null && there.Record.Serial is null)
                {
                    LearnSerial(there, serial, found.Model);
                }

                return;
            }

            var connected = _running.Values.Select(running => running.Telescope).Any(telescope =>
                telescope.Session.Snapshot.Control.Phase == LinkPhase.Open
                && (serial is null ? telescope.Record.Bindings.Contains(binding) : telescope.Record.Serial == serial));
            if (!connected)
            {
                Start(_identities.Recognise(found.Address, serial, found.Model, binding));
            }
        }
    }

    /// <summary>Forgets a telescope: its cameras are no more. It comes back, as a new one, when it is found again.</summary>
    /// <returns>False when it was not known.</returns>
    public async Task<bool> ForgetAsync(Guid id)
    {
        Running? running;
        lock (_gate)
        {
            _running.Remove(id, out running);
            _identities.Forget(id);
            List();
        }

        if (running is not null)
        {
            await running.StopAsync();
        }

        return running is not null;
    }

    /// <summary>Lists the known and the configured telescopes, so that clients find them from the first moment on, and begins to search for more.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var address in _options.Telescopes)
            {
                _identities.Recognise(address, null, null, address.ToString());
            }

            foreach (var record in _identities.Telescopes)
            {
                Start(record);
            }
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Running[] all;
        lock (_gate)
        {
            _stopped = true;
            all = [.. _running.Values];
        }

        await Task.WhenAll(all.Select(running => running.StopAsync()));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (_options.FindTelescopes)
            {
                await foreach (var found in _finder.FindAsync(SearchDuration, stoppingToken))
                {
                    if (await IsTelescopeAsync(found, stoppingToken))
                    {
                        Take(found);
                    }
                }
            }

            await LearnSerialsAsync(stoppingToken);
            await Task.Delay(SearchInterval, _time, stoppingToken);
        }
    }

    /// <summary>A name or an address alone proves nothing: routers use the access point's address too. Something must listen on the control port.</summary>
    private async Task<bool> IsTelescopeAsync(FoundTelescope found, CancellationToken cancellationToken)
    {
        if (found.Source is not (TelescopeSource.AccessPoint or TelescopeSource.Resolver))
        {
            return true;
        }

        try
        {
            await using var stream = await new MovingTransport(found.Address, _time).ConnectAsync(TelescopePort.Control, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task LearnSerialsAsync(CancellationToken cancellationToken)
    {
        foreach (var telescope in Telescopes.Where(telescope => telescope.Record.Serial is null))
        {
            if (await _serials.AskAsync(telescope.Address, cancellationToken) is ({ } serial, var model))
            {
                LearnSerial(telescope, serial, model);
            }
        }
    }

    private void Start(TelescopeRecord record)
    {
        if (_running.TryGetValue(record.Id, out var running))
        {
            if (running.Telescope.Record.Address != record.Address)
            {
                Log.Moved(_logger, running.Telescope.Name, record.Address);
            }

            running.Telescope.Record = record;
            List();
            return;
        }

        if (_stopped)
        {
            return;
        }

        var telescope = new Telescope(record, _options.Demo, _sessionOptions, new PixelPool(), _time, new Random(_random.Next()), _loggers);
        _running[record.Id] = new Running(telescope, this);
        List();
        Log.Known(_logger, telescope.Name, record.Address, string.Join(", ", record.Cameras.Select(camera => camera.Number)));
    }

    private void List() =>
        _telescopes = [.. _running.Values.Select(running => running.Telescope).OrderBy(telescope => telescope.Record.Cameras.Min(camera => camera.Number))];

    private void LearnSerial(Telescope telescope, string serial, string? model)
    {
        Running? superseded = null;
        lock (_gate)
        {
            // Whom nobody can have remembered yet leaves nothing behind.
            var isNew = !telescope.WasUsed && _time.GetElapsedTime(telescope.Created) < Settled;
            var record = _identities.LearnSerial(telescope.Record.Id, serial, model, keepCameras: !isNew);
            if (record is null)
            {
                return;
            }

            if (record.Id != telescope.Record.Id)
            {
                _running.Remove(telescope.Record.Id, out superseded);
            }

            Start(record);
        }

        Log.Serial(_logger, telescope.Name, serial);

        // The session that ends is awaited when the registry stops; its telescope is served by the older record's session.
        superseded?.Cancel();
    }

    /// <summary>Notes what a session tells: serial number, model, size of its stacks.</summary>
    private void Note(Telescope telescope)
    {
        var snapshot = telescope.Session.Snapshot;
        var known = telescope.Record;
        if (snapshot.Telescope.Serial is { } serial && (known.Serial is null || (known.Serial == serial && snapshot.Telescope.Model is { } model && model != known.Model)))
        {
            LearnSerial(telescope, serial, snapshot.Telescope.Model);
        }

        if (snapshot.Stack is { } stack && stack.Size != (known.StackWidth, known.StackHeight))
        {
            _identities.LearnSize(known.Id, stack.Size.Width, stack.Size.Height);
            if (_identities.Find(known.Id) is { } record)
            {
                telescope.Record = record;
            }
        }
    }

    /// <summary>A telescope with the tasks of its session.</summary>
    private sealed class Running
    {
        private readonly CancellationTokenSource _ending = new();
        private readonly Task _work;

        public Running(Telescope telescope, TelescopeRegistry registry)
        {
            Telescope = telescope;
            _work = Task.WhenAll(telescope.Session.RunAsync(_ending.Token), WatchAsync(registry, _ending.Token));
        }

        public Telescope Telescope { get; }

        public void Cancel() => _ending.Cancel();

        public async Task StopAsync()
        {
            await _ending.CancelAsync();
            try
            {
                await _work;
            }
            catch (OperationCanceledException)
            {
            }

            Telescope.Dispose();
            _ending.Dispose();
        }

        private async Task WatchAsync(TelescopeRegistry registry, CancellationToken cancellationToken)
        {
            while (true)
            {
                var next = Telescope.Session.Changed.Next;
                registry.Note(Telescope);
                await next.WaitAsync(cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Telescope} at {Address} has the cameras {Cameras}.", EventName = nameof(Known))]
        public static partial void Known(ILogger logger, string telescope, string address, string cameras);

        [LoggerMessage(2, LogLevel.Information, "{Telescope} is now at {Address}.", EventName = nameof(Moved))]
        public static partial void Moved(ILogger logger, string telescope, string address);

        [LoggerMessage(3, LogLevel.Information, "{Telescope} has the serial number {Serial}.", EventName = nameof(Serial))]
        public static partial void Serial(ILogger logger, string telescope, string serial);
    }
}
