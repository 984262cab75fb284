namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>What can be written to a fake camera, and what it does.</summary>
internal static class FakeMethods
{
    /// <summary>Members of a camera that is connected; the parameters are read first, since nonsense is refused in any state.</summary>
    public static Dictionary<string, Func<FakeCamera, FakeParameters, Task>> Puts { get; } = new()
    {
        ["binx"] = (c, p) => Bin(c, p, "BinX"),
        ["biny"] = (c, p) => Bin(c, p, "BinY"),
        ["startx"] = (c, p) => Frame(c, p, "StartX", c.Model.Width - 1),
        ["starty"] = (c, p) => Frame(c, p, "StartY", c.Model.Height - 1),
        ["numx"] = (c, p) => Frame(c, p, "NumX", c.Model.Width),
        ["numy"] = (c, p) => Frame(c, p, "NumY", c.Model.Height),
        ["readoutmode"] = (c, p) => Number(c, p, "ReadoutMode", 0, c.Model.Has(Flaw.ModeOutOfRangeTaken) ? 99 : 1),
        ["gain"] = (c, p) => Number(c, p, "Gain", c.Model.Has(Flaw.GainLimitsAtTypeEnds) ? -32768 : 0, 100),
        ["offset"] = (c, p) => Extra(c, p.Read<int>("Offset"), value => c.Settings["Offset"] = Within(c, value, 0, 2)),
        ["cooleron"] = (c, p) => Extra(c, p.Read<bool>("CoolerOn"), on => c.Values["CoolerOn"] = on ? 1 : 0),
        ["fastreadout"] = (c, p) => Extra(c, p.Read<bool>("FastReadout"), on => c.Values["FastReadout"] = on ? 1 : 0),
        ["subexposureduration"] = (c, p) => Extra(c, p.Read<double>("SubExposureDuration"), seconds => c.Values["SubExposureDuration"] = seconds),
        ["setccdtemperature"] = (c, p) => Extra(
            c, p.Read<double>("SetCCDTemperature"), degrees => c.Values["SetCCDTemperature"] = Within(c, degrees, -50, c.Model.Has(Flaw.HotSetpointTaken) ? 1000 : 40)),
        ["startexposure"] = (c, p) =>
        {
            var duration = TimeSpan.FromSeconds(p.Read<double>("Duration"));
            p.Read<bool>("Light");
            return c.StartAsync(duration);
        },
        ["stopexposure"] = (c, _) => Do(c.Stop),
        ["abortexposure"] = (c, _) => Do(c.Abort),
        ["pulseguide"] = (c, p) => PulseGuide(c, p.Read<int>("Direction"), p.Read<int>("Duration")),
        ["action"] = (_, p) => throw (p.Find("Action") is null ? new FakeStatusException(400, "Action is missing.") : new FakeErrorException(0x40C, "There are no actions.")),
        ["commandblind"] = (_, _) => throw FakeErrorException.NotImplemented(),
        ["commandbool"] = (_, _) => throw FakeErrorException.NotImplemented(),
        ["commandstring"] = (_, _) => throw FakeErrorException.NotImplemented(),
    };

    /// <summary>A number within limits, or what the flaw says of one that is not.</summary>
    private static T Within<T>(FakeCamera camera, T value, T min, T max)
        where T : IComparable<T> =>
        value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0 ? value
            : throw (camera.Model.Has(Flaw.RangeAsBadRequest) ? new FakeStatusException(400, "Out of range.") : FakeErrorException.InvalidValue());

    private static Task Number(FakeCamera camera, FakeParameters parameters, string name, int min, int max)
    {
        camera.Settings[name] = Within(camera, parameters.Read<int>(name), min, max);
        return Task.CompletedTask;
    }

    private static Task Bin(FakeCamera camera, FakeParameters parameters, string name)
    {
        var bin = Within(camera, parameters.Read<int>(name), 1, camera.Model.MaxBin);
        camera.Settings[name] = bin;
        if (!camera.Model.Everything && !camera.Model.Has(Flaw.BinsGoTheirOwnWays))
        {
            (camera.Settings["BinX"], camera.Settings["BinY"]) = (bin, bin);
        }

        return Task.CompletedTask;
    }

    private static Task Frame(FakeCamera camera, FakeParameters parameters, string name, int max)
    {
        var value = parameters.Read<int>(name);
        camera.Settings[name] = camera.Model.Has(Flaw.FrameCheckedWhenSet) ? Within(camera, value, 0, max) : value;
        return Task.CompletedTask;
    }

    private static Task Extra<T>(FakeCamera camera, T value, Action<T> set) =>
        camera.Model.Everything ? Do(() => set(value)) : throw FakeErrorException.NotImplemented();

    private static async Task PulseGuide(FakeCamera camera, int direction, int milliseconds)
    {
        if (!camera.Model.Everything)
        {
            throw camera.Model.Has(Flaw.PulseGuideOtherError) ? FakeErrorException.InvalidOperation() : FakeErrorException.NotImplemented();
        }

        Within(camera, direction, 0, 3);
        camera.GuidesUntil = camera.Time.GetTimestamp() + (milliseconds * camera.Time.TimestampFrequency / 1000);
        if (camera.Model.Has(Flaw.PulseGuideBlocks))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), camera.Time);
        }
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
