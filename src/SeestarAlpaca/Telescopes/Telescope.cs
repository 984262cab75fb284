using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SessionOptions = SeestarAlpaca.Seestar.Session.SessionOptions;

namespace SeestarAlpaca.Telescopes;

/// <summary>A telescope that the server knows: its identity, where it is, and the live session with it.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class Telescope : IDisposable
{
    private readonly MovingTransport _transport;
    private readonly PixelPool _frames;
    private volatile TelescopeRecord _record;
    private volatile TelescopeAddress? _provenAt;
    private volatile bool _wasUsed;

    internal Telescope(
        TelescopeRecord record, bool isSimulated, SessionOptions options, TransportFactory open, PixelPool frames, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        (_record, IsSimulated, Created) = (record, isSimulated, time.GetTimestamp());
        _transport = new MovingTransport(record.WhereItIs, open);
        _frames = frames;
        Session = new SeestarSession(options, _transport, frames, time, random, loggers);
        Pictures = new PixelPool(retained: 2);
    }

    /// <summary>What is remembered of it.</summary>
    public TelescopeRecord Record
    {
        get => _record;
        internal set
        {
            var address = value.WhereItIs;
            var moved = address != _transport.Address;
            (_transport.Address, _record) = (address, value);
            if (moved)
            {
                Session.RetryNow();
            }
        }
    }

    /// <summary>When the server came to know it, as a timestamp of the server's clock.</summary>
    internal long Created { get; }

    /// <summary>Whether a client has connected one of its cameras.</summary>
    internal bool WasUsed => _wasUsed;

    /// <summary>Whether it is the demo's.</summary>
    public bool IsSimulated { get; }

    /// <summary>The live session.</summary>
    public SeestarSession Session { get; }

    /// <summary>Where finished pictures for clients are borrowed from.</summary>
    public PixelPool Pictures { get; }

    /// <summary>Gives up the memory of pictures that nobody uses, an outdated stack's too.</summary>
    /// <returns>Samples given up.</returns>
    internal long Trim()
    {
        Session.ForgetOutdatedStack();
        return _frames.Trim() + Pictures.Trim();
    }

    /// <summary>Where it is now; null while nobody knows, since another telescope has its last address.</summary>
    public TelescopeAddress? Address => _transport.Address;

    /// <summary>How it is, and what to do about it.</summary>
    public TelescopeState State => TelescopeStates.Of(Session.Snapshot);

    /// <summary>What people call it: model and serial number, or where it is while these are unknown.</summary>
    public string Name
    {
        get
        {
            var record = _record;
            var name = $"{record.Model ?? "Seestar"} {record.Serial ?? Host(record.Bindings is [var binding, ..] ? binding : record.Address) ?? "of unknown address"}";
            return IsSimulated ? $"Simulated {name}" : name;
        }
    }

    /// <summary>Whether the telescope is there: the connection on which it is heard is open.</summary>
    internal bool IsConnected => Link.Phase == LinkPhase.Open;

    /// <summary>Whether what answers at its address has told its serial number: without that, it may be another one that was given the address.</summary>
    internal bool IsProven => _record.Serial is { } serial && ((_provenAt is { } at && at == Address) || SerialNumber.Normalise(Session.Snapshot.Telescope.Serial) == serial);

    /// <summary>Whether connecting to it has failed lately.</summary>
    internal bool IsUnreachable => Link is { Phase: LinkPhase.Failed } or { Phase: LinkPhase.Connecting, Problem: not null };

    /// <summary>A name or address without its ports.</summary>
    private static string? Host(string? address) => address?.Split(';')[0];

    private LinkStatus Link => Session.Snapshot is { Events: true } events ? events.Control : Session.Snapshot.Image;

    /// <summary>Its constants, by what it has told and else by its model.</summary>
    public TelescopeModel Model => TelescopeModel.Of(Session.Snapshot.Telescope.Model ?? _record.Model);

    /// <summary>Notes that its serial number was told at its address.</summary>
    internal void Prove() => _provenAt = Address;

    /// <summary>Notes that a client connects one of its cameras.</summary>
    internal void Use() => _wasUsed = true;

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();
}
