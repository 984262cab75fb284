using System.Collections.Concurrent;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>The client sessions of all devices of one type; ends those that fell silent and those of devices that left the catalog.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed partial class ClientSessions<TDriver>(IDeviceCatalog catalog, TimeProvider time, ILogger logger) : IDisposable, IAsyncDisposable
    where TDriver : IAscomDeviceV2
{
    /// <summary>How often silent sessions and departed devices are looked for.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly BlockingCalls _calls = new();
    private readonly DriverDisposal _disposal = new(logger);
    private readonly ConcurrentDictionary<(uint Number, string UniqueId), DeviceSessions<TDriver>> _devices = new();
    private readonly Lock _gate = new();
    private ITimer? _sweeper;
    private bool _disposed;

    /// <summary>Where calls that may wait for hardware are run.</summary>
    public BlockingCalls Calls => _calls;

    /// <summary>The sessions of one device.</summary>
    /// <exception cref="ObjectDisposedException">The server is stopping.</exception>
    public DeviceSessions<TDriver> Of(IAlpacaDevice device)
    {
        if (_devices.TryGetValue((device.Number, device.UniqueId), out var known))
        {
            return known;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _sweeper ??= time.CreateTimer(_ => Sweep(), state: null, SweepInterval, SweepInterval);
            return _devices.GetOrAdd(
                (device.Number, device.UniqueId),
                _ => new DeviceSessions<TDriver>(new SessionTable<TDriver>(time, _disposal), _calls));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _sweeper?.Dispose();
        }

        foreach (var device in _devices.Values)
        {
            device.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _disposal.Completion;
    }

    private void Sweep()
    {
        try
        {
            SweepOnce();
        }
        catch (Exception exception)
        {
            // A fault in the host's catalog; nobody above a timer would catch it.
            Log.SweepFailed(logger, exception);
        }
    }

    private void SweepOnce()
    {
        var offered = catalog.Devices.OfType<IAlpacaDevice<TDriver>>().Select(d => (d.Number, d.UniqueId)).ToHashSet();
        foreach (var (key, sessions) in _devices)
        {
            if (offered.Contains(key))
            {
                sessions.EndSilent();
            }
            else
            {
                _devices.TryRemove(key, out _);
                sessions.Close();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Silent client sessions could not be ended.", EventName = nameof(SweepFailed))]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
