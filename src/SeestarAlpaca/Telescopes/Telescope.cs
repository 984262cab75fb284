using Microsoft.Extensions.Logging;
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
    private volatile TelescopeRecord _record;

    internal Telescope(
        TelescopeRecord record, bool isSimulated, SessionOptions options, PixelPool pool, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        (_record, IsSimulated) = (record, isSimulated);
        _transport = new MovingTransport(TelescopeAddress.Parse(record.Address), time);
        Session = new SeestarSession(options, _transport, pool, time, random, loggers);
        Pictures = new PixelPool(retained: 2);
    }

    /// <summary>What is remembered of it.</summary>
    public TelescopeRecord Record
    {
        get => _record;
        internal set
        {
            _transport.Address = TelescopeAddress.Parse(value.Address);
            _record = value;
        }
    }

    /// <summary>Whether it is the demo's.</summary>
    public bool IsSimulated { get; }

    /// <summary>The live session.</summary>
    public SeestarSession Session { get; }

    /// <summary>Where finished pictures for clients are borrowed from.</summary>
    public PixelPool Pictures { get; }

    /// <summary>Where it is now.</summary>
    public TelescopeAddress Address => _transport.Address;

    /// <summary>How it is, and what to do about it.</summary>
    public TelescopeState State => TelescopeStates.Of(Session.Snapshot);

    /// <summary>What people call it: model and serial number, or where it is while these are unknown.</summary>
    public string Name
    {
        get
        {
            var record = _record;
            var name = $"{record.Model ?? "Seestar"} {record.Serial ?? record.Bindings.FirstOrDefault() ?? record.Address}";
            return IsSimulated ? $"Simulated {name}" : name;
        }
    }

    /// <summary>Its constants, by what it has told and else by its model.</summary>
    public TelescopeModel Model => TelescopeModel.Of(Session.Snapshot.Telescope.Model ?? _record.Model);

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();
}
