using SeestarAlpaca.Identity;
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
    private readonly RunningTelescopes _running;
    private readonly Dictionary<TelescopeAddress, long> _seen = [];
    private readonly ServerOptions _options;
    private readonly IdentityStore _identities;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

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
        ArgumentNullException.ThrowIfNull(options);
        (_options, _identities, _time, _logger) = (options, identities, time, loggers.CreateLogger<TelescopeRegistry>());
        _running = new RunningTelescopes(options.Demo, sessionOptions, transports, Note, time, random, loggers);
    }

    /// <summary>All telescopes, in the order of their camera numbers. The same list as long as no telescope, and no camera of one, comes or goes.</summary>
    public IReadOnlyList<Telescope> Telescopes => _running.List;

    /// <summary>The telescope with that id; null when there is none.</summary>
    public Telescope? Find(Guid id)
    {
        lock (_gate)
        {
            return _running.Find(id);
        }
    }

    /// <summary>
    /// Notes that a telescope was found. One that is connected stays where it is, and so does one that was seen there lately and can be reached as far as
    /// is known: it may have several addresses. Only its serial number, told elsewhere, calls it away from where it was not told.
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

            var known = _identities.Match(found.Address, serial, binding) is { } match ? _running.Find(match.Id) : null;
            if (known is not null && Stays(known, serial, found))
            {
                Follow();
                return;
            }

            var left = known is { IsConnected: true } ? known.Address : null;
            _identities.Recognise(found.Address, serial, found.Model, binding);
            See(found);
            Follow();

            // Something else answers where it was; perhaps the one that had to make way here.
            if (left is not null && left != found.Address && _identities.Telescopes.Any(record => record.Address is null))
            {
                Take(new FoundTelescope(left, found.Source));
            }
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
            if (_running.Find(telescope.Record.Id) != telescope || telescope.Address != address)
            {
                return;
            }

            Take(new FoundTelescope(address, TelescopeSource.Scan) { Serial = serial, Model = model });
        }
    }

    /// <summary>Notes what a user has chosen for a telescope's cameras; they come and go at once.</summary>
    /// <returns>False when the telescope is not known.</returns>
    public bool Choose(Guid id, CameraChoices choices)
    {
        lock (_gate)
        {
            _identities.Choose(id, choices);
            Follow();
            return _running.Find(id) is not null;
        }
    }

    /// <summary>Forgets a telescope: its cameras are no more. It comes back, as a new one, when it is found again.</summary>
    /// <returns>False when it was not known.</returns>
    public bool Forget(Guid id)
    {
        lock (_gate)
        {
            var known = _running.Find(id) is not null;
            _identities.Forget(id);
            Follow();
            return known;
        }
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
            return _running.StopAsync();
        }
    }

    private Telescope? At(TelescopeAddress address) => Telescopes.FirstOrDefault(telescope => telescope.Address == address);

    private bool Stays(Telescope known, string? serial, FoundTelescope found)
    {
        if (known.Address is not { } address || address == found.Address)
        {
            return false;
        }

        return known.IsConnected
            ? serial is null || known.IsProven
            : WasSeenLately(address) && (!known.IsUnreachable || found.Source == TelescopeSource.Configured);
    }

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

        there.Prove();
        if (there.Record.Serial is null)
        {
            Log.Serial(_logger, there.Name, serial);
        }

        // Whom nobody can have remembered yet leaves nothing behind.
        var isNew = !there.WasUsed && _time.GetElapsedTime(there.Created) < Settled;
        var before = Telescopes.FirstOrDefault(other => other.Record.Serial == serial);
        _identities.LearnSerial(id, serial, model, keepCameras: !isNew, keepAddress: before?.IsConnected is true);
    }

    /// <summary>Lets the sessions be those of the identity store's records.</summary>
    private void Follow() => _running.Follow(_identities.Telescopes);

    /// <summary>Notes what a session tells: serial number, model, size of its pictures.</summary>
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

        if (telescope.Session.Frames.NewestSubDetails is { } sub && sub.Size != (record.SubWidth, record.SubHeight))
        {
            lock (_gate)
            {
                _identities.LearnSubSize(record.Id, sub.Size.Width, sub.Size.Height);
                Follow();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Telescope} has the serial number {Serial}.", EventName = nameof(Serial))]
        public static partial void Serial(ILogger logger, string telescope, string serial);

        [LoggerMessage(2, LogLevel.Warning, "{Telescope} is no longer at {Address}: the telescope there has the serial number {Serial}.", EventName = nameof(Displaced))]
        public static partial void Displaced(ILogger logger, string telescope, string serial, TelescopeAddress? address);
    }
}
