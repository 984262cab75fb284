using System.Globalization;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// A telescope's pictures of one format as an ASCOM camera, for one client: bin, subframe, readout mode, exposure and picture are that client's alone.
/// What the camera lacks is in the other part of this class.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed partial class SeestarCamera : ICameraV4, IImageSource, IDisposable
{
    private readonly SeestarCameraDevice _device;
    private readonly Telescope _telescope;
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly TelescopeControl _control;
    private readonly CameraConnection _connection;

    public SeestarCamera(SeestarCameraDevice device, TelescopeControl control, ServerOptions options, TimeProvider time, ILogger logger)
    {
        (_device, _telescope, _control, _options, _time) = (device, device.Telescope, control, options, time);
        var limits = new ExposureLimits(options.Grace, options.NewFrameTimeout);
        _connection = new CameraConnection(device, control, () => new ConnectedCamera(device.CurrentGeometry(), limits, control, _telescope, time, logger), time, logger);
    }

    public bool Connected
    {
        get => _connection.Camera is not null;
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
        $"{FormatNames.Of(_device.Format).Description} of a {(_telescope.IsSimulated ? "simulated " : string.Empty)}{_telescope.Model.Name}";

    public string DriverInfo => $"SeestarAlpaca {ServerVersion.Text}: pictures of a ZWO Seestar as an ASCOM Alpaca camera.";

    public string DriverVersion => ServerVersion.Short;

    public short InterfaceVersion => (short)_options.InterfaceVersion;

    public string Name => _device.Name;

    public IList<string> SupportedActions { get; } = [.. CameraActions.Names];

    public List<StateValue> DeviceState
    {
        get
        {
            var exposure = Camera.Exposure;
            List<StateValue> state =
            [
                new(nameof(CameraState), exposure?.State ?? CameraState.Idle),
                new(nameof(PercentCompleted), exposure?.PercentCompleted ?? 0),
            ];
            try
            {
                state.Add(new StateValue(nameof(ImageReady), exposure?.IsReady ?? false));
            }
            catch (DriverException)
            {
                // A failed exposure cannot be told here; whoever reads ImageReady itself is told.
            }

            if (Temperature is { } temperature)
            {
                state.Add(new StateValue(nameof(CCDTemperature), temperature));
            }

            state.Add(new StateValue(_time.GetUtcNow().UtcDateTime));
            return state;
        }
    }

    public CameraState CameraState => Camera.Exposure?.State ?? CameraState.Idle;

    public int CameraXSize => Camera.Geometry.Width;

    public int CameraYSize => Camera.Geometry.Height;

    public short BayerOffsetX => (short)Bayer(nameof(BayerOffsetX)).RedX();

    public short BayerOffsetY => (short)Bayer(nameof(BayerOffsetY)).RedY();

    public SensorType SensorType => Camera.Geometry.SensorType;

    public string SensorName => OfConnected(_device.Format == CameraFormat.Wide ? _telescope.Model.Wide?.Sensor ?? string.Empty : _telescope.Model.Sensor);

    public double PixelSizeX => Camera.Geometry.PixelSize;

    public double PixelSizeY => Camera.Geometry.PixelSize;

    public int MaxADU => OfConnected<int>(ushort.MaxValue);

    public short MaxBinX => OfConnected<short>(CameraGeometry.MaxBin);

    public short MaxBinY => MaxBinX;

    public short BinX
    {
        get => (short)Camera.Settings.Bin;
        set => Camera.Change(settings => settings.WithBin(value));
    }

    public short BinY
    {
        get => BinX;
        set => BinX = value;
    }

    public int StartX
    {
        get => Camera.Settings.StartX;
        set => Camera.Change(settings => settings with { StartX = value });
    }

    public int StartY
    {
        get => Camera.Settings.StartY;
        set => Camera.Change(settings => settings with { StartY = value });
    }

    public int NumX
    {
        get => Camera.Settings.NumX;
        set => Camera.Change(settings => settings with { NumX = value });
    }

    public int NumY
    {
        get => Camera.Settings.NumY;
        set => Camera.Change(settings => settings with { NumY = value });
    }

    public IList<string> ReadoutModes => [.. Camera.Modes.Select(mode => mode.Name)];

    public short ReadoutMode
    {
        get => (short)Camera.Settings.Readout;
        set => Camera.Change(settings => settings.WithReadout(value, Camera.Modes));
    }

    public bool CanAbortExposure => OfConnected(true);

    public bool CanStopExposure => OfConnected(true);

    public double ExposureMin => OfConnected(ConnectedCamera.ShortestExposure);

    public double ExposureMax => OfConnected(ConnectedCamera.LongestExposure);

    public double ExposureResolution => OfConnected(0.001);

    public bool HasShutter => OfConnected(false);

    public bool ImageReady => Camera.Exposure?.IsReady ?? false;

    public short PercentCompleted => Camera.Exposure?.PercentCompleted ?? 0;

    public double LastExposureDuration => Last.Duration.TotalSeconds;

    public string LastExposureStartTime => Last.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public object ImageArray
    {
        get
        {
            using var image = OpenImage();
            return image.ToImageArray();
        }
    }

    public object ImageArrayVariant => ImageArray;

    private BayerPhase Bayer(string member) =>
        Camera.Geometry is { SensorType: not SensorType.Monochrome } geometry ? geometry.Phase : throw Absent(member);

    private ConnectedCamera Camera =>
        _connection.Camera ?? throw DriverException.NotConnected("The camera is not connected; set Connected to true first.");

    private Delivery Last =>
        Camera.Deliveries.Last ?? throw DriverException.InvalidOperation("There has been no exposure since the camera was connected.");

    public void Connect() => _ = _connection.Begin();

    public void Disconnect() => _connection.Disconnect();

    public void Dispose() => _connection.Dispose();

    public void StartExposure(double Duration, bool Light) => Camera.StartExposure(Duration);

    public void StopExposure() => Camera.Exposure?.Stop();

    public void AbortExposure() => Camera.AbortExposure();

    public AlpacaImage OpenImage() =>
        Camera.Exposure?.Open() ?? throw DriverException.InvalidOperation("There is no picture; start an exposure and wait until ImageReady is true.");

    public string Action(string actionName, string actionParameters)
    {
        var (last, before) = Camera.Deliveries;
        return CameraActions.Run(actionName, actionParameters, _telescope, _control, () => CameraActions.Describe(_telescope, last, before));
    }

    /// <summary>What holds for every connected camera.</summary>
    private T OfConnected<T>(T value)
    {
        _ = Camera;
        return value;
    }
}
