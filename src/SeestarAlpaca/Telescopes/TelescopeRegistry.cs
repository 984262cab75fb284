using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SessionOptions = SeestarAlpaca.Seestar.Session.SessionOptions;

namespace SeestarAlpaca.Telescopes;

/// <summary>
/// All telescopes that the server knows, those that are off included: one session for each record of the identity store. Notes what becomes known of
/// them.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed partial class TelescopeRegistry : IHostedService
{
    /// <summary>Cameras that were listed this long may have been noted by a client.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    /// <summary>A telescope that was seen at its address so lately is not looked for elsewhere: many have several addresses.</summary>
    public static readonly TimeSpan SeenLately = TimeSpan.FromSeconds(80);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, RunningTelescope> _running = [];
    private readonly Dictionary<TelescopeAddress, long> _seen = [];
    private readonly HashSet<RunningTelescope> _retired = [];
    private readonly ServerOptions _options;
    private readonly SessionOptions _sessionOptions;
    private readonly IdentityStore _identities;
    private readonly TransportFactory _transports;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private bool _stopped;
    private IReadOnlyList<CameraRecord> _cameras = [];
    private volatile IReadOnlyList<Telescope> _telescopes = [];

    /// <summary>Makes a registry that knows nothing before it is started.</summary>
    public TelescopeRegistry(
        ServerOptions options,
        SessionOptions sessionOptions,
        IdentityStore identities,
        TransportFactory transports,
        TimeProvider time,
        Random random,
        ILoggerFactory loggers)
    {
        (_options, _sessionOptions, _identities, _transports) = (options, sessionOptions, identities, transports);
        (_time, _random, _loggers) = (time, random, loggers);
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

    /// <summary>
    /// Notes that a telescope was found. One that is connected stays where it is, and so does one that was seen there lately and can be reached as far as
    /// is known: it may have several addresses.
    /// </summary>
    public void Take(FoundTelescope found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var serial = SerialNumber.Normalise(found.Serial);
        var binding = found.Source == TelescopeSource.Configured ? found.Address.ToString() : found.HostName ?? found.Address.Host;
        lock (_gate)
        {
            if (serial is not null && At(found.Address) is { } there)
            {
                LearnSerial(there, serial, found.Model);
            }

            if (_identities.Match(found.Address, serial, binding) is { } known && Stays(known, found))
            {
                Follow();
                return;
            }

            _identities.Recognise(found.Address, serial, found.Model, binding);
            See(found);
            Follow();
        }
    }

    /// <summary>Notes the serial number of the telescope at an address, where that is still so.</summary>
    public void TakeSerial(Telescope telescope, TelescopeAddress address, string told, string? model)
    {
        ArgumentNullException.ThrowIfNull(telescope);
        if (SerialNumber.Normalise(told) is not { } serial)
        {
            return;
        }

        lock (_gate)
        {
            if (_running.GetValueOrDefault(telescope.Record.Id)?.Telescope != telescope || telescope.Address != address)
            {
                return;
            }

            Take(new FoundTelescope(address, TelescopeSource.Scan) { Serial = serial, Model = model });
        }
    }

    /// <summary>Forgets a telescope: its cameras are no more. It comes back, as a new one, when it is found again.</summary>
    /// <returns>False when it was not known.</returns>
    public async Task<bool> ForgetAsync(Guid id)
    {
        RunningTelescope? running;
        lock (_gate)
        {
            running = _running.GetValueOrDefault(id);
            _identities.Forget(id);
            Follow();
        }

        if (running is not null)
        {
            await running.DisposeAsync();
        }

        return running is not null;
    }

    /// <summary>Lists the known and the configured telescopes, so that clients find them from the first moment on.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var address in _options.Telescopes)
            {
                _identities.Recognise(address, null, null, address.ToString());
            }

            Follow();
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends all sessions.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _stopped = true;
            return Task.WhenAll(_running.Values.Concat(_retired).Select(running => running.DisposeAsync().AsTask()));
        }
    }

    private Telescope? At(TelescopeAddress address) => _running.Values.Select(running => running.Telescope).FirstOrDefault(telescope => telescope.Address == address);

    private bool Stays(TelescopeRecord known, FoundTelescope found) =>
        _running.GetValueOrDefault(known.Id)?.Telescope is { Address: { } address } telescope
        && address != found.Address
        && (telescope.IsConnected || (!telescope.IsUnreachable && WasSeenLately(address)) || (found.Source == TelescopeSource.Configured && WasSeenLately(address)));

    private bool WasSeenLately(TelescopeAddress address) => _seen.TryGetValue(address, out var at) && _time.GetElapsedTime(at) <= SeenLately;

    private void See(FoundTelescope found)
    {
        if (found.Source == TelescopeSource.Configured)
        {
            return;
        }

        foreach (var old in _seen.Keys.Where(address => !WasSeenLately(address)).ToList())
        {
            _seen.Remove(old);
        }

        _seen[found.Address] = _time.GetTimestamp();
    }

    /// <summary>A telescope answers with a serial number where we know one to be: it has that number, or it is not the one that we took it for.</summary>
    private void LearnSerial(Telescope there, string serial, string? model)
    {
        var id = there.Record.Id;
        if (there.Record.Serial is { } known && known != serial)
        {
            Log.Displaced(_logger, there.Name, serial, there.Address);
            _identities.Displace(id);
            return;
        }

        if (there.Record.Serial is null)
        {
            Log.Serial(_logger, there.Name, serial);
        }

        // Whom nobody can have remembered yet leaves nothing behind.
        var isNew = !there.WasUsed && _time.GetElapsedTime(there.Created) < Settled;
        var before = _running.Values.Select(running => running.Telescope).FirstOrDefault(other => other.Record.Serial == serial);
        _identities.LearnSerial(id, serial, model, keepCameras: !isNew, keepAddress: before?.IsConnected is true);
    }

    /// <summary>Lets the sessions be those of the identity store's records.</summary>
    private void Follow()
    {
        var records = _identities.Telescopes;
        foreach (var running in _running.Values.ToList())
        {
            var (telescope, record) = (running.Telescope, records.FirstOrDefault(record => record.Id == running.Telescope.Record.Id));

            // A session that was with another telescope knows that one's state and holds its pictures: it cannot go on as this one's.
            if (record is null || (record.Address is null && telescope.Address is not null))
            {
                _running.Remove(telescope.Record.Id);
                Retire(running);
            }
            else if (!record.Equals(telescope.Record))
            {
                if (record.Address != telescope.Record.Address)
                {
                    Log.Moved(_logger, telescope.Name, record.Address);
                }

                telescope.Record = record;
            }
        }

        foreach (var record in records.Where(record => !_stopped && !_running.ContainsKey(record.Id)))
        {
            Start(record);
        }

        List();
    }

    private void Start(TelescopeRecord record)
    {
        var telescope = new Telescope(record, _options.Demo, _sessionOptions, _transports, new PixelPool(), _time, new Random(_random.Next()), _loggers);
        Log.Known(_logger, telescope.Name, record.Address ?? "an unknown address", string.Join(", ", record.Cameras.Select(camera => camera.Number)));
        _running[record.Id] = RunningTelescope.Start(telescope, Note, _logger);
    }

    private void Retire(RunningTelescope running)
    {
        _retired.Add(running);
        _ = ForgetRetiredAsync();

        async Task ForgetRetiredAsync()
        {
            await running.DisposeAsync();
            lock (_gate)
            {
                _retired.Remove(running);
            }
        }
    }

    private void List()
    {
        Telescope[] telescopes = [.. _running.Values.Select(running => running.Telescope).OrderBy(telescope => telescope.Record.Cameras.Min(camera => camera.Number))];
        CameraRecord[] cameras = [.. telescopes.SelectMany(telescope => telescope.Record.Cameras)];
        if (!telescopes.SequenceEqual(_telescopes) || !cameras.SequenceEqual(_cameras))
        {
            (_telescopes, _cameras) = (telescopes, cameras);
        }
    }

    /// <summary>Notes what a session tells: serial number, model, size of its stacks.</summary>
    private void Note(Telescope telescope)
    {
        var (snapshot, record, address) = (telescope.Session.Snapshot, telescope.Record, telescope.Address);
        if (snapshot.Telescope.Serial is { } serial && address is not null
            && (SerialNumber.Normalise(serial) != record.Serial || snapshot.Telescope.Model is { } model && model != record.Model))
        {
            TakeSerial(telescope, address, serial, snapshot.Telescope.Model);
        }

        if (snapshot.Stack is { } stack && stack.Size != (record.StackWidth, record.StackHeight))
        {
            lock (_gate)
            {
                _identities.LearnSize(record.Id, stack.Size.Width, stack.Size.Height);
                Follow();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Telescope} at {Address} has the cameras {Cameras}.", EventName = nameof(Known))]
        public static partial void Known(ILogger logger, string telescope, string address, string cameras);

        [LoggerMessage(2, LogLevel.Information, "{Telescope} is now at {Address}.", EventName = nameof(Moved))]
        public static partial void Moved(ILogger logger, string telescope, string? address);

        [LoggerMessage(3, LogLevel.Information, "{Telescope} has the serial number {Serial}.", EventName = nameof(Serial))]
        public static partial void Serial(ILogger logger, string telescope, string serial);

        [LoggerMessage(4, LogLevel.Warning, "{Telescope} is no longer at {Address}: the telescope there has the serial number {Serial}.", EventName = nameof(Displaced))]
        public static partial void Displaced(ILogger logger, string telescope, string serial, TelescopeAddress? address);
    }
}
