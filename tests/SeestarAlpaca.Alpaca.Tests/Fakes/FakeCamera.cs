using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Tests.Fakes;

/// <summary>A camera with a different value in every property, so that a confusion of two is seen, and with hooks for what tests need.</summary>
internal class FakeCamera(FakeCameraDevice device) : ICameraV4
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _connected;

    public int Disposals { get; private set; }

    public Task Disposed => _disposed.Task;

    /// <summary>Connects and disconnects in the order in which they arrived.</summary>
    public List<string> Calls { get; } = [];

    public List<string> Exposures { get; } = [];

    public bool IsConnecting { get; set; }

    public DriverException? ConnectingError { get; set; }

    public Exception? PropertyError { get; set; }

    public object Picture { get; set; } = new[,] { { 1, 2, 3 }, { 4, 5, 6 } };

    public List<StateValue> States { get; set; } = [];

    public double Temperature { get; set; } = -10.5;

    public bool Connected
    {
        get => _connected;
        set
        {
            Calls.Add($"Connected={value}");
            device.OnConnected?.Invoke(this, value);
            _connected = value;
        }
    }

    public bool Connecting => ConnectingError is null ? IsConnecting : throw ConnectingError;

    public string Description => "Fake description";

    public string DriverInfo => "Fake driver info";

    public string DriverVersion => "1.2";

    public short InterfaceVersion => device.InterfaceVersion;

    public string Name => "Fake name";

    public IList<string> SupportedActions => ["Sing", "Dance"];

    public List<StateValue> DeviceState => States;

    public short BayerOffsetX => 11;

    public short BayerOffsetY => 12;

    public short BinX { get; set => field = value is 1 or 2 ? value : throw DriverException.InvalidValue("BinX is 1 or 2."); } = 1;

    public short BinY { get; set; } = 14;

    public CameraState CameraState => CameraState.Reading;

    public int CameraXSize => 1600;

    public int CameraYSize => 1700;

    public bool CanAbortExposure => device.Abilities.Contains("canabortexposure");

    public bool CanAsymmetricBin => device.Abilities.Contains("canasymmetricbin");

    public bool CanFastReadout => device.Abilities.Contains("canfastreadout");

    public bool CanGetCoolerPower => device.Abilities.Contains("cangetcoolerpower");

    public bool CanPulseGuide => device.Abilities.Contains("canpulseguide");

    public bool CanSetCCDTemperature => device.Abilities.Contains("cansetccdtemperature");

    public bool CanStopExposure => device.Abilities.Contains("canstopexposure");

    public double CCDTemperature => Temperature;

    public bool CoolerOn { get; set; } = true;

    public double CoolerPower => 19.25;

    public double ElectronsPerADU => 0.125;

    public double ExposureMax => 3600;

    public double ExposureMin => 0.001;

    public double ExposureResolution => 0.002;

    public bool FastReadout { get; set; }

    public double FullWellCapacity => 50000;

    public short Gain { get; set; } = 20;

    public short GainMax => 21;

    public short GainMin => 22;

    public IList<string> Gains => throw DriverException.NotImplemented("Gain is a number.");

    public bool HasShutter => device.Abilities.Contains("hasshutter");

    public double HeatSinkTemperature => 23.5;

    public object ImageArray => Picture;

    public object ImageArrayVariant => throw new NotSupportedException();

    public bool ImageReady => PropertyError is null ? device.Abilities.Contains("imageready") : throw PropertyError;

    public bool IsPulseGuiding => device.Abilities.Contains("ispulseguiding");

    public double LastExposureDuration => 24.5;

    public string LastExposureStartTime => "2026-07-01T22:33:44.555";

    public int MaxADU => 65535;

    public short MaxBinX => 25;

    public short MaxBinY => 26;

    public int NumX { get; set; } = 27;

    public int NumY { get; set; } = 28;

    public int Offset { get; set; } = 29;

    public int OffsetMax => 30;

    public int OffsetMin => 31;

    public IList<string> Offsets => ["low", "high"];

    public short PercentCompleted => 32;

    public double PixelSizeX => 2.9;

    public double PixelSizeY => 3.1;

    public short ReadoutMode { get; set; } = 33;

    public IList<string> ReadoutModes => ["Live stack", "New frame"];

    public string SensorName => "IMX462";

    public SensorType SensorType => SensorType.RGGB;

    public double SetCCDTemperature { get; set; } = -34.5;

    public int StartX { get; set; } = 35;

    public int StartY { get; set; } = 36;

    public double SubExposureDuration { get; set; } = 37.5;

    public void Connect()
    {
        Calls.Add("Connect");
        device.OnConnect?.Invoke(this);
        _connected = !IsConnecting && ConnectingError is null;
    }

    public void Disconnect()
    {
        Calls.Add("Disconnect");
        device.OnDisconnect?.Invoke(this);
        _connected = IsConnecting;
    }

    /// <summary>Ends what <see cref="Connect"/> or <see cref="Disconnect"/> left under way.</summary>
    public void Finish(bool connected) => (IsConnecting, _connected) = (false, connected);

    public string Action(string actionName, string actionParameters) =>
        actionName == "Sing" ? $"la {actionParameters}" : throw DriverException.ActionNotImplemented("There is only Sing.");

    public void CommandBlind(string command, bool raw) => throw DriverException.NotImplemented("Commands are deprecated.");

    public bool CommandBool(string command, bool raw) => raw;

    public string CommandString(string command, bool raw) => $"{command} {raw}";

    public void AbortExposure() => Exposures.Add("abort");

    public void StopExposure() => Exposures.Add("stop");

    public void PulseGuide(GuideDirection Direction, int Duration) => Exposures.Add($"{Direction} {Duration} ms");

    public void StartExposure(double Duration, bool Light)
    {
        device.OnExposure?.Invoke();
        Exposures.Add($"{Duration} s {Light}");
    }

    public void Dispose()
    {
        Disposals++;
        _disposed.TrySetResult();
    }
}

/// <summary>The fake camera with pixels to stream.</summary>
internal sealed class FakeStreamingCamera(FakeCameraDevice device) : FakeCamera(device), IImageSource
{
    public Func<AlpacaImage> Image { get; set; } = () => throw DriverException.InvalidOperation("There is no image.");

    public AlpacaImage OpenImage() => Image();
}
