using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// A stack camera from connecting to disconnecting: its size, the client's settings and exposures. Each connection has a new one, so that nothing
/// outlives it.
/// </summary>
/// <remarks>Thread safe. Disposing it drops the exposure.</remarks>
internal sealed class ConnectedCamera(StackGeometry geometry, ExposureLimits limits, Telescope telescope, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>In seconds.</summary>
    public const double LongestExposure = 3600;

    /// <summary>In seconds; 0 is allowed too (alpaca-camera.md §3.3).</summary>
    public const double ShortestExposure = 0.001;

    private readonly Lock _gate = new();
    private CameraSettings _settings = CameraSettings.Initial(geometry);
    private StackExposure? _exposure;
    private Delivery? _last;
    private Delivery? _before;
    private bool _disposed;

    /// <summary>Size and pixels, fixed.</summary>
    public StackGeometry Geometry { get; } = geometry;

    /// <summary>What the client has set.</summary>
    public CameraSettings Settings
    {
        get
        {
            lock (_gate)
            {
                return _settings;
            }
        }
    }

    /// <summary>The exposure that was started last; null before the first and after it was aborted.</summary>
    public StackExposure? Exposure
    {
        get
        {
            lock (_gate)
            {
                return _exposure;
            }
        }
    }

    /// <summary>The last two pictures: the last one, null before the first; and the one before it, null before the second.</summary>
    public (Delivery? Last, Delivery? Before) Deliveries
    {
        get
        {
            lock (_gate)
            {
                return _exposure?.Delivery is { } delivery ? (delivery, _last) : (_last, _before);
            }
        }
    }

    /// <summary>Changes settings.</summary>
    public void Change(Func<CameraSettings, CameraSettings> change)
    {
        lock (_gate)
        {
            _settings = change(_settings);
        }
    }

    /// <summary>Starts an exposure.</summary>
    /// <param name="seconds">Its duration.</param>
    /// <exception cref="DriverException">0x401, 0x40B or 0x500: it cannot be started; the message says why.</exception>
    public void StartExposure(double seconds)
    {
        if (seconds is not (0 or (>= ShortestExposure and <= LongestExposure)))
        {
            throw DriverException.InvalidValue($"Duration is 0, or {ShortestExposure} to {LongestExposure} s, not {seconds}.");
        }

        lock (_gate)
        {
            if (_disposed)
            {
                throw DriverException.NotConnected("The camera was disconnected meanwhile.");
            }

            var subframe = _settings.CheckedSubframe(Geometry);
            // One that has been exposed and only waits for its picture is given up for the next, as clients that look at CameraState alone expect.
            if (_exposure is { State: CameraState.Exposing })
            {
                throw DriverException.InvalidOperation("An exposure is under way; wait for it, or abort it.");
            }

            RequireStack();
            DropExposure();
            _exposure = StackExposure.Start(
                new ExposureRequest(TimeSpan.FromSeconds(seconds), _settings.Readout, Geometry, subframe), limits, telescope, time, logger);
        }
    }

    /// <summary>Drops the exposure and its picture.</summary>
    public void AbortExposure()
    {
        lock (_gate)
        {
            DropExposure();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            DropExposure();
        }
    }

    private void DropExposure()
    {
        if (_exposure?.Delivery is { } delivery)
        {
            (_last, _before) = (delivery, _last);
        }

        _exposure?.Dispose();
        _exposure = null;
    }

    private void RequireStack()
    {
        using var present = telescope.Session.LeasePresentStack();
        if (present is not null)
        {
            Geometry.RequireStackSize(present.Details.Size);
        }
        else if (!StackComing.IsPossible(telescope))
        {
            var state = telescope.State;
            throw state.Name is TelescopeStateName.Unreachable or TelescopeStateName.ConnectionsInUse or TelescopeStateName.Resting
                ? DriverException.DeviceFailure(state.Text)
                : DriverException.InvalidOperation(state.Text);
        }
    }
}
