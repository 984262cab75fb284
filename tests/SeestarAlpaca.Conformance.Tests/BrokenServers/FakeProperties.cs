using System.Globalization;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>What the properties of a fake camera are, member by member.</summary>
internal static class FakeProperties
{
    /// <summary>Members of a camera that is connected.</summary>
    public static Dictionary<string, Func<FakeCamera, object>> Reads { get; } = new()
    {
        ["bayeroffsetx"] = c => Bayer(c),
        ["bayeroffsety"] = c => Bayer(c),
        ["binx"] = c => c.Settings["BinX"],
        ["biny"] = c => c.Settings["BinY"],
        ["startx"] = c => c.Settings["StartX"],
        ["starty"] = c => c.Settings["StartY"],
        ["numx"] = c => c.Settings["NumX"],
        ["numy"] = c => c.Settings["NumY"],
        ["camerastate"] = c => c.State,
        ["cameraxsize"] = c => c.Model.Width,
        ["cameraysize"] = c => c.Model.Height,
        ["maxbinx"] = c => c.Model.MaxBin,
        ["maxbiny"] = c => c.Model.MaxBin,
        ["canabortexposure"] = _ => true,
        ["canstopexposure"] = _ => true,
        ["canasymmetricbin"] = c => c.Model.Everything,
        ["canfastreadout"] = c => c.Model.Everything,
        ["cangetcoolerpower"] = c => c.Model.Everything,
        ["canpulseguide"] = c => c.Model.Everything,
        ["cansetccdtemperature"] = c => c.Model.Everything,
        ["ccdtemperature"] = c => Optional(c, 10.5),
        ["heatsinktemperature"] = c => Optional(c, 20.0),
        ["cooleron"] = c => Optional(c, c.Model.Everything && c.Values["CoolerOn"] > 0),
        ["coolerpower"] = c => Optional(c, 50.0),
        ["electronsperadu"] = c => Optional(c, 0.25),
        ["fullwellcapacity"] = c => Optional(c, 50000.0),
        ["hasshutter"] = _ => false,
        ["exposuremin"] = c => c.Model.Has(Flaw.LongExposureMin) ? 10.0 : 0.0,
        ["exposuremax"] = _ => 3600.0,
        ["exposureresolution"] = _ => 0.001,
        ["fastreadout"] = c => c.Model.Has(Flaw.FastReadoutOtherError) ? throw FakeErrorException.InvalidOperation() : Optional(c, c.Values["FastReadout"] > 0),
        ["gain"] = c => c.Settings["Gain"],
        ["gainmin"] = c => c.Model.Has(Flaw.GainLimitsAtTypeEnds) ? -32768 : 0,
        ["gainmax"] = c => c.Model.Has(Flaw.LargeInt16) ? 65535 : 100,
        ["gains"] = c => c.Model.Has(Flaw.GainsBesideLimits) ? (string[])["low", "high"] : throw FakeErrorException.NotImplemented(),
        ["offset"] = c => c.Model.Has(Flaw.OffsetAloneAnswers) ? 1 : Optional(c, c.Settings["Offset"]),
        ["offsetmin"] = _ => throw FakeErrorException.NotImplemented(),
        ["offsetmax"] = _ => throw FakeErrorException.NotImplemented(),
        ["offsets"] = c => Optional<string[]>(c, ["none", "some", "much"]),
        ["imageready"] = c => c.IsReady || (c.Model.Has(Flaw.ReadyStaysTrue) && c.Exposure is not null),
        ["ispulseguiding"] = c => c.Model.Has(Flaw.PulseGuideOtherError) ? throw FakeErrorException.InvalidOperation() : Optional(c, c.Time.GetTimestamp() < c.GuidesUntil),
        ["maxadu"] = _ => 65535,
        ["percentcompleted"] = c => c.IsBusy ? c.Exposure!.Percent : c.Model.Has(Flaw.PercentRefusedWhenIdle) ? throw FakeErrorException.InvalidOperation() : 100,
        ["pixelsizex"] = _ => 2.9,
        ["pixelsizey"] = _ => 2.9,
        ["readoutmode"] = c => c.Settings["ReadoutMode"],
        ["readoutmodes"] = _ => (string[])["Normal", "Slow"],
        ["sensorname"] = _ => "IMX462",
        ["sensortype"] = c => c.Model.SensorType,
        ["setccdtemperature"] = c => c.Model.Has(Flaw.SetTemperatureOtherError) ? throw FakeErrorException.InvalidOperation() : Optional(c, c.Values["SetCCDTemperature"]),
        ["subexposureduration"] = c => Optional(c, c.Values["SubExposureDuration"]),
        ["lastexposureduration"] = c => Duration(c),
        ["lastexposurestarttime"] = StartTime,
    };

    /// <summary>What DeviceState is made of.</summary>
    private static readonly string[] StateNames =
        ["CameraState", "CCDTemperature", "CoolerPower", "HeatSinkTemperature", "ImageReady", "IsPulseGuiding", "PercentCompleted"];

    /// <summary>DeviceState: what the camera has, and the time.</summary>
    public static object DeviceState(FakeCamera camera)
    {
        var states = new List<object>();
        foreach (var name in StateNames)
        {
            try
            {
                states.Add(new { Name = camera.Model.Has(Flaw.RecasedDeviceState) && name == "ImageReady" ? "imageReady" : name, Value = Reads[name.ToLowerInvariant()](camera) });
            }
            catch (FakeErrorException)
            {
                // What the camera lacks is left out.
            }
        }

        if (camera.Model.Has(Flaw.ExtraDeviceState))
        {
            states.Add(new { Name = "Weather", Value = (object)"fine" });
        }

        states.Add(new { Name = "TimeStamp", Value = (object)camera.Time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture) });
        return states;
    }

    private static object Optional<T>(FakeCamera camera, T value)
        where T : notnull => camera.Model.Everything ? value : throw FakeErrorException.NotImplemented();

    private static int Bayer(FakeCamera camera) =>
        (camera.Model.SensorType == 0 && !camera.Model.Has(Flaw.BayerOffsetsOfMono)) || camera.Model.Has(Flaw.BayerOffsetsMissing) ? throw FakeErrorException.NotImplemented() : 0;

    private static double Duration(FakeCamera camera)
    {
        var exposure = camera.Exposure ?? throw FakeErrorException.InvalidOperation();
        var seconds = (camera.Model.Has(Flaw.StopTellsWholeDuration) ? exposure.Asked : exposure.Exposed).TotalSeconds;
        return camera.Model.Has(Flaw.DurationWithReadout) ? seconds * 1.05 : seconds;
    }

    private static string StartTime(FakeCamera camera)
    {
        var exposure = camera.Exposure ?? throw FakeErrorException.InvalidOperation();
        var began = camera.Model.Has(Flaw.StartTimeLocal) ? exposure.Began.UtcDateTime.AddHours(-5) : exposure.Began.UtcDateTime;
        var text = began.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
        return camera.Model.Has(Flaw.StartTimeWithZ) ? text + "Z" : camera.Model.Has(Flaw.StartTimeWithBlank) ? text.Replace('T', ' ') : text;
    }
}
