namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>
/// ASCOM's camera, interface version 3; members, names and types are ASCOM's own. Rules of the members: alpaca-camera.md §3.2, §3.3 and §7.
/// </summary>
/// <remarks>
/// Unless noted, every member refuses with 0x407 while not connected; "optional" members may refuse with 0x400.
/// Binned pixels are those after binning, sensor pixels those before.
/// </remarks>
public interface ICameraV3 : IAscomDevice
{
    /// <summary>Column of the colour matrix at sensor pixel 0,0; 0x400 for a monochrome sensor.</summary>
    short BayerOffsetX { get; }

    /// <summary>Row of the colour matrix at sensor pixel 0,0; 0x400 for a monochrome sensor.</summary>
    short BayerOffsetY { get; }

    /// <summary>Sensor pixels per binned pixel along X, 1 to <see cref="MaxBinX"/>; 1 after connecting; 0x401 outside.</summary>
    short BinX { get; set; }

    /// <summary>Sensor pixels per binned pixel along Y, 1 to <see cref="MaxBinY"/>; 1 after connecting; 0x401 outside.</summary>
    short BinY { get; set; }

    /// <summary>What the camera does at this moment.</summary>
    CameraState CameraState { get; }

    /// <summary>Width of the sensor in sensor pixels.</summary>
    int CameraXSize { get; }

    /// <summary>Height of the sensor in sensor pixels.</summary>
    int CameraYSize { get; }

    /// <summary>Whether <see cref="AbortExposure"/> works.</summary>
    bool CanAbortExposure { get; }

    /// <summary>Whether <see cref="BinX"/> and <see cref="BinY"/> may differ.</summary>
    bool CanAsymmetricBin { get; }

    /// <summary>Whether <see cref="FastReadout"/> works.</summary>
    bool CanFastReadout { get; }

    /// <summary>Whether <see cref="CoolerPower"/> can be read.</summary>
    bool CanGetCoolerPower { get; }

    /// <summary>Whether <see cref="PulseGuide"/> works.</summary>
    bool CanPulseGuide { get; }

    /// <summary>Whether <see cref="SetCCDTemperature"/> works.</summary>
    bool CanSetCCDTemperature { get; }

    /// <summary>Whether <see cref="StopExposure"/> works.</summary>
    bool CanStopExposure { get; }

    /// <summary>Temperature of the sensor in °C; optional.</summary>
    double CCDTemperature { get; }

    /// <summary>Whether the cooler is on; optional.</summary>
    bool CoolerOn { get; set; }

    /// <summary>Power of the cooler in percent, 0 to 100; optional.</summary>
    double CoolerPower { get; }

    /// <summary>Electrons per unit of a sample, above 0; optional.</summary>
    double ElectronsPerADU { get; }

    /// <summary>Longest exposure in seconds.</summary>
    double ExposureMax { get; }

    /// <summary>Shortest exposure in seconds.</summary>
    double ExposureMin { get; }

    /// <summary>Smallest step of exposures in seconds; 0 means no step.</summary>
    double ExposureResolution { get; }

    /// <summary>Whether faster, worse readout is chosen; optional.</summary>
    bool FastReadout { get; set; }

    /// <summary>Electrons that a pixel holds; optional.</summary>
    double FullWellCapacity { get; }

    /// <summary>Gain, as a number or as index into <see cref="Gains"/> (alpaca-camera.md §3.5); optional.</summary>
    short Gain { get; set; }

    /// <summary>Greatest gain; 0x400 unless Gain is a number.</summary>
    short GainMax { get; }

    /// <summary>Smallest gain; 0x400 unless Gain is a number.</summary>
    short GainMin { get; }

    /// <summary>Names of the gains; 0x400 unless Gain is an index.</summary>
    IList<string> Gains { get; }

    /// <summary>Whether there is a shutter; without one <c>Light</c> of <see cref="StartExposure"/> is ignored.</summary>
    bool HasShutter { get; }

    /// <summary>Temperature of the heat sink in °C; optional.</summary>
    double HeatSinkTemperature { get; }

    /// <summary>
    /// The last image as <c>int[,]</c> indexed [x, y] or <c>int[,,]</c> indexed [x, y, plane]; 0x40B when there is none.
    /// Its size is that of the exposure that made it.
    /// </summary>
    object ImageArray { get; }

    /// <summary>Deprecated: the last image as an array of objects.</summary>
    object ImageArrayVariant { get; }

    /// <summary>Whether <see cref="ImageArray"/> can be fetched at once.</summary>
    /// <exception cref="DriverException">Why the last exposure failed.</exception>
    bool ImageReady { get; }

    /// <summary>Whether a guide pulse is under way; optional.</summary>
    bool IsPulseGuiding { get; }

    /// <summary>Seconds that the last exposure really took; 0x40B before the first one.</summary>
    double LastExposureDuration { get; }

    /// <summary>UTC of the start of the last exposure, <c>yyyy-MM-ddTHH:mm:ss[.fff]</c> without zone letter; 0x40B before the first one.</summary>
    string LastExposureStartTime { get; }

    /// <summary>Greatest value of a sample.</summary>
    int MaxADU { get; }

    /// <summary>Greatest <see cref="BinX"/>, at least 1.</summary>
    short MaxBinX { get; }

    /// <summary>Greatest <see cref="BinY"/>, at least 1.</summary>
    short MaxBinY { get; }

    /// <summary>Width of the subframe in binned pixels; checked by <see cref="StartExposure"/>, not when set.</summary>
    int NumX { get; set; }

    /// <summary>Height of the subframe in binned pixels; checked by <see cref="StartExposure"/>, not when set.</summary>
    int NumY { get; set; }

    /// <summary>Offset, as a number or as index into <see cref="Offsets"/> (alpaca-camera.md §3.5); optional.</summary>
    int Offset { get; set; }

    /// <summary>Greatest offset; 0x400 unless Offset is a number.</summary>
    int OffsetMax { get; }

    /// <summary>Smallest offset; 0x400 unless Offset is a number.</summary>
    int OffsetMin { get; }

    /// <summary>Names of the offsets; 0x400 unless Offset is an index.</summary>
    IList<string> Offsets { get; }

    /// <summary>Progress of the present operation in percent, 0 to 100; a number when idle too (alpaca-camera.md §3.2).</summary>
    short PercentCompleted { get; }

    /// <summary>Width of a sensor pixel in µm, at least 1.0.</summary>
    double PixelSizeX { get; }

    /// <summary>Height of a sensor pixel in µm, at least 1.0.</summary>
    double PixelSizeY { get; }

    /// <summary>Index into <see cref="ReadoutModes"/>; 0 after connecting; 0x401 outside.</summary>
    short ReadoutMode { get; set; }

    /// <summary>Names of the readout modes, at least one.</summary>
    IList<string> ReadoutModes { get; }

    /// <summary>The manufacturer's part number of the sensor; empty if unknown.</summary>
    string SensorName { get; }

    /// <summary>The colour filters before the sensor.</summary>
    SensorType SensorType { get; }

    /// <summary>Temperature that the cooler aims at in °C; 0x400 unless <see cref="CanSetCCDTemperature"/>.</summary>
    double SetCCDTemperature { get; set; }

    /// <summary>First column of the subframe in binned pixels; checked by <see cref="StartExposure"/>, not when set.</summary>
    int StartX { get; set; }

    /// <summary>First row of the subframe in binned pixels; checked by <see cref="StartExposure"/>, not when set.</summary>
    int StartY { get; set; }

    /// <summary>Seconds of one of the exposures that are added up in the camera, above 0; optional.</summary>
    double SubExposureDuration { get; set; }

    /// <summary>Ends the exposure and discards it; no error when idle.</summary>
    void AbortExposure();

    /// <summary>Starts a guide pulse and returns at once.</summary>
    /// <param name="Direction">Where to; 0x401 for any other.</param>
    /// <param name="Duration">Milliseconds.</param>
    void PulseGuide(GuideDirection Direction, int Duration);

    /// <summary>Starts an exposure and returns within a second, ImageReady being false and CameraState not idle.</summary>
    /// <param name="Duration">Seconds; 0x401 outside <see cref="ExposureMin"/> to <see cref="ExposureMax"/>.</param>
    /// <param name="Light">False for a dark frame.</param>
    /// <exception cref="DriverException">0x401 also for a subframe outside the sensor, 0x40B when busy.</exception>
    void StartExposure(double Duration, bool Light);

    /// <summary>Ends the exposure and reads what there is; no error when idle.</summary>
    void StopExposure();
}
