using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Images;
using static SeestarAlpaca.Alpaca.Http.WireTypes;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>The members of a camera (alpaca-camera.md §3.2, §3.3).</summary>
internal static class CameraMembers
{
    public static void Add(DeviceMembers<ICameraV4> camera)
    {
        CommonMembers.Add(camera, asynchronousSince: 4);
        AddSensor(camera);
        AddAbilities(camera);
        AddSettings(camera);
        AddExposure(camera);
        AddGainAndOffset(camera);
        AddCooling(camera);
    }

    private static void AddSensor(DeviceMembers<ICameraV4> camera)
    {
        camera.Get("bayeroffsetx", Short, c => c.BayerOffsetX);
        camera.Get("bayeroffsety", Short, c => c.BayerOffsetY);
        camera.Get("cameraxsize", Int, c => c.CameraXSize);
        camera.Get("cameraysize", Int, c => c.CameraYSize);
        camera.Get("electronsperadu", Real, c => c.ElectronsPerADU);
        camera.Get("fullwellcapacity", Real, c => c.FullWellCapacity);
        camera.Get("hasshutter", Bool, c => c.HasShutter);
        camera.Get("maxadu", Int, c => c.MaxADU);
        camera.Get("maxbinx", Short, c => c.MaxBinX);
        camera.Get("maxbiny", Short, c => c.MaxBinY);
        camera.Get("pixelsizex", Real, c => c.PixelSizeX);
        camera.Get("pixelsizey", Real, c => c.PixelSizeY);
        camera.Get("readoutmodes", Texts, c => c.ReadoutModes);
        camera.Get("sensorname", Text, c => c.SensorName);
        camera.Get("sensortype", Int, c => (int)c.SensorType);
    }

    private static void AddAbilities(DeviceMembers<ICameraV4> camera)
    {
        camera.Get("canabortexposure", Bool, c => c.CanAbortExposure);
        camera.Get("canasymmetricbin", Bool, c => c.CanAsymmetricBin);
        camera.Get("canfastreadout", Bool, c => c.CanFastReadout);
        camera.Get("cangetcoolerpower", Bool, c => c.CanGetCoolerPower);
        camera.Get("canpulseguide", Bool, c => c.CanPulseGuide);
        camera.Get("cansetccdtemperature", Bool, c => c.CanSetCCDTemperature);
        camera.Get("canstopexposure", Bool, c => c.CanStopExposure);
    }

    private static void AddSettings(DeviceMembers<ICameraV4> camera)
    {
        camera.Property("binx", Short.Named("BinX"), c => c.BinX, (c, value) => c.BinX = value);
        camera.Property("biny", Short.Named("BinY"), c => c.BinY, (c, value) => c.BinY = value);
        camera.Property("fastreadout", Bool.Named("FastReadout"), c => c.FastReadout, (c, value) => c.FastReadout = value);
        camera.Property("numx", Int.Named("NumX"), c => c.NumX, (c, value) => c.NumX = value);
        camera.Property("numy", Int.Named("NumY"), c => c.NumY, (c, value) => c.NumY = value);
        camera.Property("readoutmode", Short.Named("ReadoutMode"), c => c.ReadoutMode, (c, value) => c.ReadoutMode = value);
        camera.Property("startx", Int.Named("StartX"), c => c.StartX, (c, value) => c.StartX = value);
        camera.Property("starty", Int.Named("StartY"), c => c.StartY, (c, value) => c.StartY = value);
        camera.Property(
            "subexposureduration", Real.Named("SubExposureDuration"), c => c.SubExposureDuration, (c, value) => c.SubExposureDuration = value);
    }

    private static void AddExposure(DeviceMembers<ICameraV4> camera)
    {
        camera.Method("abortexposure", c => c.AbortExposure());
        camera.Get("camerastate", Int, c => (int)c.CameraState);
        camera.Get("exposuremax", Real, c => c.ExposureMax);
        camera.Get("exposuremin", Real, c => c.ExposureMin);
        camera.Get("exposureresolution", Real, c => c.ExposureResolution);
        camera.Image("imagearray", CameraImage.Open);
        camera.Image("imagearrayvariant", CameraImage.Open);
        camera.Get("imageready", Bool, c => c.ImageReady);
        camera.Get("ispulseguiding", Bool, c => c.IsPulseGuiding);
        camera.Get("lastexposureduration", Real, c => c.LastExposureDuration);
        camera.Get("lastexposurestarttime", Text, c => c.LastExposureStartTime);
        camera.Get("percentcompleted", Short, c => c.PercentCompleted);
        camera.Method(
            "pulseguide", Int.Named("Direction"), Int.Named("Duration"), (c, direction, ms) => c.PulseGuide((GuideDirection)direction, ms));
        camera.Method("startexposure", Real.Named("Duration"), Bool.Named("Light"), (c, seconds, light) => c.StartExposure(seconds, light));
        camera.Method("stopexposure", c => c.StopExposure());
    }

    private static void AddGainAndOffset(DeviceMembers<ICameraV4> camera)
    {
        camera.Property("gain", Short.Named("Gain"), c => c.Gain, (c, value) => c.Gain = value);
        camera.Get("gainmax", Short, c => c.GainMax);
        camera.Get("gainmin", Short, c => c.GainMin);
        camera.Get("gains", Texts, c => c.Gains);
        camera.Property("offset", Int.Named("Offset"), c => c.Offset, (c, value) => c.Offset = value);
        camera.Get("offsetmax", Int, c => c.OffsetMax);
        camera.Get("offsetmin", Int, c => c.OffsetMin);
        camera.Get("offsets", Texts, c => c.Offsets);
    }

    private static void AddCooling(DeviceMembers<ICameraV4> camera)
    {
        camera.Get("ccdtemperature", Real, c => c.CCDTemperature);
        camera.Property("cooleron", Bool.Named("CoolerOn"), c => c.CoolerOn, (c, value) => c.CoolerOn = value);
        camera.Get("coolerpower", Real, c => c.CoolerPower);
        camera.Get("heatsinktemperature", Real, c => c.HeatSinkTemperature);
        camera.Property(
            "setccdtemperature", Real.Named("SetCCDTemperature"), c => c.SetCCDTemperature, (c, value) => c.SetCCDTemperature = value);
    }
}
