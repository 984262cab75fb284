using System.Globalization;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// A telescope's live stack as an ASCOM camera, for one client: bin, subframe, readout mode, exposure and picture are that client's alone.
/// What the camera lacks is in the other part of this class.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed partial class StackCamera : ICameraV4, IImageSource
{
    private const double LongestExposure = 3600;
    private const double ShortestExposure = 0.001;

    private readonly Lock _gate = new();
    private readonly StackCameraDevice _device;
    private readonly Telescope _telescope;
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CameraConnection _connection;
    private StackGeometry? _geometry;
    private StackExposure? _exposure;
    private (TimeSpan Duration, DateTimeOffset Start)? _last;
    private long? _deliveredBefore;
    private short _bin = 1;
    private int _startX;
    private int _startY;
    private int _numX;
    private int _numY;
    private StackReadout _readout;

    public StackCamera(StackCameraDevice device, ServerOptions options, TimeProvider time, ILogger logger)
    {
        (_device, _telescope, _options, _time, _logger) = (device, device.Telescope, options, time, logger);
        _connection = new CameraConnection(_telescope, time);
    }

    public bool Connected
    {
        get => _connection.IsConnected;
        set
        {
            if (value)
            {
                _connection.Connect();
            }
            else
            {
                Disconnect();
            }
        }
    }

    public bool Connecting => _connection.IsConnecting;

    public string Description =>
        $"{(_device.Format == CameraFormat.LiveStackRgb ? "RGB live stack" : "Live stack")} of a {(_telescope.IsSimulated ? "simulated " : string.Empty)}{_telescope.Model.Name}";

    public string DriverInfo => $"SeestarAlpaca {ServerVersion.Text}: the live stack of a ZWO Seestar as an ASCOM Alpaca camera.";

    public string DriverVersion => ServerVersion.Short;

    public short InterfaceVersion => (short)_options.InterfaceVersion;

    public string Name => _device.Name;

    public IList<string> SupportedActions { get; } = [StackActions.StackInfo, StackActions.RtspUrl];

    public List<StateValue> DeviceState
    {
        get
        {
            List<StateValue> state = [new(nameof(CameraState), CameraState), new(nameof(PercentCompleted), PercentCompleted)];
            try
            {
                state.Add(new StateValue(nameof(ImageReady), ImageReady));
            }
            catch (DriverException) when (Connected)
            {
                // A failed exposure cannot be told here; whoever reads ImageReady itself is told.
            }

            state.Add(new StateValue(_time.GetUtcNow().UtcDateTime));
            return state;
        }
    }

    public CameraState CameraState => OfConnected(() => _exposure?.State ?? CameraState.Idle);

    public int CameraXSize => Geometry.Width;

    public int CameraYSize => Geometry.Height;

    public short BayerOffsetX => OfConnected<short>(() => 0);

    public short BayerOffsetY => OfConnected<short>(() => 0);

    public SensorType SensorType => OfConnected(() => _device.Format == CameraFormat.LiveStackRgb ? SensorType.Color : SensorType.RGGB);

    public string SensorName => OfConnected(() => _telescope.Model.Sensor);

    public double PixelSizeX => Geometry.PixelSize;

    public double PixelSizeY => Geometry.PixelSize;

    public int MaxADU => OfConnected(() => ushort.MaxValue);

    public short MaxBinX => OfConnected<short>(() => StackGeometry.MaxBin);

    public short MaxBinY => MaxBinX;

    public short BinX
    {
        get => OfConnected(() => _bin);
        set => Change(() => _bin = value is >= 1 and <= StackGeometry.MaxBin
            ? value
            : throw DriverException.InvalidValue($"Bin is 1 to {StackGeometry.MaxBin}, not {value}."));
    }

    public short BinY
    {
        get => BinX;
        set => BinX = value;
    }

    public int StartX
    {
        get => OfConnected(() => _startX);
        set => Change(() => _startX = value);
    }

    public int StartY
    {
        get => OfConnected(() => _startY);
        set => Change(() => _startY = value);
    }

    public int NumX
    {
        get => OfConnected(() => _numX);
        set => Change(() => _numX = value);
    }

    public int NumY
    {
        get => OfConnected(() => _numY);
        set => Change(() => _numY = value);
    }

    public IList<string> ReadoutModes => OfConnected<IList<string>>(() => ["Live stack", "New frame"]);

    public short ReadoutMode
    {
        get => OfConnected(() => (short)_readout);
        set => Change(() => _readout = Enum.IsDefined((StackReadout)value)
            ? (StackReadout)value
            : throw DriverException.InvalidValue($"ReadoutMode is 0 (Live stack) or 1 (New frame), not {value}."));
    }

    public bool CanAbortExposure => OfConnected(() => true);

    public bool CanStopExposure => OfConnected(() => true);

    public double ExposureMin => OfConnected(() => ShortestExposure);

    public double ExposureMax => OfConnected(() => LongestExposure);

    public double ExposureResolution => OfConnected(() => 0.001);

    public bool HasShutter => OfConnected(() => false);

    public bool ImageReady => OfConnected(() => _exposure?.IsReady ?? false);

    public short PercentCompleted => OfConnected(() => _exposure?.PercentCompleted ?? 0);

    public double LastExposureDuration => OfConnected(() => Last.Duration.TotalSeconds);

    public string LastExposureStartTime => OfConnected(() => Last.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture));

    public object ImageArray
    {
        get
        {
            using var image = OpenImage();
            return image.ToImageArray();
        }
    }

    public object ImageArrayVariant => ImageArray;

    private StackGeometry Geometry => OfConnected(() => _geometry!);

    private (TimeSpan Duration, DateTimeOffset Start) Last
    {
        get
        {
            NoteEnd();
            return _last ?? throw DriverException.InvalidOperation("There has been no exposure since the camera was connected.");
        }
    }

    public void Connect() => _ = _connection.Begin();

    public void Disconnect()
    {
        lock (_gate)
        {
            _exposure?.Dispose();
            (_exposure, _geometry, _last) = (null, null, null);
            _connection.Disconnect();
        }
    }

    public void Dispose() => Disconnect();

    public void StartExposure(double Duration, bool Light)
    {
        lock (_gate)
        {
            var geometry = Geometry;
            if (Duration is < 0 or > LongestExposure)
            {
                throw DriverException.InvalidValue($"Duration is 0 to {LongestExposure} s, not {Duration}.");
            }

            var subframe = CheckedSubframe(geometry);
            if (_exposure is { State: not CameraState.Idle })
            {
                throw DriverException.InvalidOperation("An exposure is under way; wait for it, or abort it.");
            }

            RequireStack(geometry);
            NoteEnd();
            _exposure?.Dispose();
            _exposure = new StackExposure(
                new ExposureRequest(TimeSpan.FromSeconds(Duration), _readout, geometry, subframe),
                new ExposureLimits(_options.Grace, _options.NewFrameTimeout),
                _telescope,
                _time);
            _ = LogUnexpectedAsync(_exposure);
        }
    }

    public void StopExposure() => OfConnected(() =>
    {
        _exposure?.Stop();
        return true;
    });

    public void AbortExposure() => OfConnected(() =>
    {
        NoteEnd();
        _exposure?.Dispose();
        _exposure = null;
        return true;
    });

    public AlpacaImage OpenImage() =>
        OfConnected(() => _exposure?.Open() ?? throw DriverException.InvalidOperation("There is no picture; start an exposure and wait until ImageReady is true."));

    public string Action(string actionName, string actionParameters)
    {
        RequireConnected();
        return actionName.ToUpperInvariant() switch
        {
            "STACKINFO" => StackActions.Describe(_telescope, _exposure?.Delivered, _deliveredBefore),
            "RTSPURL" => Video.RtspAddress.Of(_telescope),
            _ => throw DriverException.ActionNotImplemented($"There is no action {actionName}; there are {string.Join(" and ", SupportedActions)}."),
        };
    }

    /// <summary>Keeps what is told of the last exposure, and which stack it delivered, when the exposure makes way for another.</summary>
    private void NoteEnd()
    {
        if (_exposure is { State: CameraState.Idle, Delivered: { } delivered } ended)
        {
            _last = (ended.Duration, ended.StartTime);
            _deliveredBefore = delivered.Sequence;
        }
    }

    private Subframe CheckedSubframe(StackGeometry geometry)
    {
        var (width, height) = (geometry.Width / _bin, geometry.Height / _bin);
        return _numX >= 1 && _numY >= 1 && _startX >= 0 && _startY >= 0 && (long)_startX + _numX <= width && (long)_startY + _numY <= height
            ? new Subframe(_bin, new PixelRectangle(_startX, _startY, _numX, _numY))
            : throw DriverException.InvalidValue(
                $"The subframe from {_startX}, {_startY} with {_numX}×{_numY} pixels does not lie in the {width}×{height} pixels that there are at bin {_bin}.");
    }

    private void RequireStack(StackGeometry geometry)
    {
        using var present = _telescope.Session.LeasePresentStack();
        if (present is not null && present.Details.Size != (geometry.StackWidth, geometry.StackHeight))
        {
            throw StackExposure.SizeChanged(present.Details.Size);
        }

        if (present is null && !StackComing.IsPossible(_telescope))
        {
            var state = _telescope.State;
            throw state.Name is TelescopeStateName.Unreachable or TelescopeStateName.ConnectionsInUse or TelescopeStateName.Resting
                ? DriverException.DeviceFailure(state.Text)
                : DriverException.InvalidOperation(state.Text);
        }
    }

    private T OfConnected<T>(Func<T> read)
    {
        lock (_gate)
        {
            RequireConnected();
            return read();
        }
    }

    private void Change(Action change) => OfConnected(() =>
    {
        change();
        return true;
    });

    private void RequireConnected()
    {
        if (!_connection.IsConnected)
        {
            throw DriverException.NotConnected("The camera is not connected; set Connected to true first.");
        }

        lock (_gate)
        {
            if (_geometry is null)
            {
                _geometry = _device.CurrentGeometry();
                (_numX, _numY) = (_geometry.Width, _geometry.Height);
            }
        }
    }

    private async Task LogUnexpectedAsync(StackExposure exposure)
    {
        await exposure.Work;
        if (exposure.UnexpectedException is { } exception)
        {
            Log.Unexpected(_logger, Name, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An exposure of {Camera} failed unforeseen.", EventName = nameof(Unexpected))]
        public static partial void Unexpected(ILogger logger, string camera, Exception exception);
    }
}
