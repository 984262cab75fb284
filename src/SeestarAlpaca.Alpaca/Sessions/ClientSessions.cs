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

    // By object: when the host puts another device in a device's place, sessions with the old one's drivers must not live on.
    private readonly ConcurrentDictionary<IAlpacaDevice, DeviceSessions<TDriver>> _devices = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();
    private ITimer? _sweeper;
    private bool _disposed;

    /// <summary>Where calls that may wait for hardware are run.</summary>
    public BlockingCalls Calls => _calls;

    /// <summary>The sessions of one device.</summary>
    /// <exception cref="ObjectDisposedException">The server is stopping.</exception>
    public DeviceSessions<TDriver> Of(IAlpacaDevice device)
    {
        if (_devices.TryGetValue(device, out var known))
        {
            return known;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _sweeper ??= time.CreateTimer(_ => Sweep(), state: null, SweepInterval, SweepInterval);
            foreach (var replaced in _devices.Keys.Where(other => other.Number == device.Number && other != device))
            {
                End(replaced);
            }

            return _devices.GetOrAdd(device, _ => new DeviceSessions<TDriver>(new SessionTable<TDriver>(time, _disposal), _calls));
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
        var offered = catalog.Devices.ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var (device, sessions) in _devices)
        {
            if (offered.Contains(device))
            {
                sessions.EndSilent();
            }
            else
            {
                End(device);
            }
        }
    }

    private void End(IAlpacaDevice device)
    {
        if (_devices.TryRemove(device, out var sessions))
        {
            sessions.Close();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Silent client sessions could not be ended.", EventName = nameof(SweepFailed))]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
