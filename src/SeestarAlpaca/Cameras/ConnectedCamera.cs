using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// A camera from connecting to disconnecting: its size, the client's settings and exposures. Each connection has a new one, so that nothing
/// outlives it.
/// </summary>
/// <remarks>Thread safe. Disposing it drops the exposure.</remarks>
internal sealed class ConnectedCamera(
    CameraGeometry geometry, ExposureLimits limits, TelescopeControl control, Telescope telescope, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>In seconds.</summary>
    public const double LongestExposure = 3600;

    /// <summary>In seconds; 0 is allowed too (alpaca-camera.md §3.3).</summary>
    public const double ShortestExposure = 0.001;

    private readonly Lock _gate = new();
    private CameraSettings _settings = CameraSettings.Initial(geometry);
    private CameraExposure? _exposure;
    private Delivery? _last;
    private Delivery? _before;
    private bool _disposed;

    /// <summary>Size and pixels, fixed.</summary>
    public CameraGeometry Geometry { get; } = geometry;

    /// <summary>Whether gain and exposure length are offered: what a client is offered is fixed when it connects, as ASCOM has it.</summary>
    public bool IsControlled { get; } = geometry.Format != CameraFormat.Wide && control.Obstacle is null && !control.IsUndecided;

    /// <summary>The readout modes.</summary>
    public IReadOnlyList<ReadoutMode> Modes { get; } = ReadoutMode.Of(geometry.Format);

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
    public CameraExposure? Exposure
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

            var mode = Modes[_settings.Readout];
            RequirePicture(mode);
            DropExposure();
            var request = new ExposureRequest(TimeSpan.FromSeconds(seconds), mode, Geometry, subframe);
            _exposure = CameraExposure.Start(CaptureOf(request), request.Duration, telescope, time, logger);
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

    private Capture CaptureOf(ExposureRequest request) => request.Mode.Picture switch
    {
        PictureChoice.NewestSub or PictureChoice.NewestWide => new SubCapture(request, limits, telescope, time),
        PictureChoice.FreshStack => new FreshStackCapture(request, limits, control, telescope, time),
        _ => new StackCapture(request, limits, telescope, time),
    };

    /// <summary>Refuses what can lead to no picture.</summary>
    private void RequirePicture(ReadoutMode mode)
    {
        if (mode.Picture == PictureChoice.FreshStack)
        {
            control.RequireFreshStack();
            return;
        }

        if (mode.Picture is PictureChoice.NewestStack or PictureChoice.NextStack)
        {
            using var present = telescope.Session.LeasePresentStack();
            if (present is not null)
            {
                Geometry.RequireSourceSize(present.Details.Size);
                return;
            }
        }
        else if (mode.Picture == PictureChoice.NewestSub)
        {
            using var present = telescope.Session.LeasePresentSub();
            if (present is not null)
            {
                return;
            }
        }

        PictureComing.Require(telescope, mode.Picture);
    }
}
