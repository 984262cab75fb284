using SeestarAlpaca.Conformance.Json;

namespace SeestarAlpaca.Conformance.Http;

/// <summary>One member of a camera as it goes over the wire (alpaca-camera.md §3).</summary>
/// <param name="Name">As in the address.</param>
/// <param name="Type">Of the value that GET gives.</param>
/// <param name="Parameter">Name under which PUT takes it; null when it is not written.</param>
/// <param name="Default">What may be written where it cannot be read.</param>
internal sealed record Member(string Name, WireType Type, string? Parameter = null, string Default = "1")
{
    /// <summary>Answers 0x407 while not connected.</summary>
    public bool NeedsConnection { get; init; } = true;
}

/// <summary>All members of a camera that are read, in the order in which ConformU's protocol run asks for them (alpaca-camera.md §9).</summary>
internal static class Members
{
    /// <summary>Those of every device.</summary>
    public static IReadOnlyList<Member> Common { get; } =
    [
        Free("connected", WireType.Boolean), Free("description", WireType.Text), Free("driverinfo", WireType.Text), Free("driverversion", WireType.Text),
        Free("interfaceversion", WireType.Int16), Free("name", WireType.Text), Free("supportedactions", WireType.TextList), Free("devicestate", WireType.StateList),
        Free("connecting", WireType.Boolean),
    ];

    /// <summary>Those of cameras, but for the images and what tells of the last exposure.</summary>
    public static IReadOnlyList<Member> Camera { get; } =
    [
        new("bayeroffsetx", WireType.Int16), new("bayeroffsety", WireType.Int16), new("binx", WireType.Int16, "BinX"), new("biny", WireType.Int16, "BinY"),
        new("camerastate", WireType.Int32), new("cameraxsize", WireType.Int32), new("cameraysize", WireType.Int32), new("canabortexposure", WireType.Boolean),
        new("canasymmetricbin", WireType.Boolean), new("canfastreadout", WireType.Boolean), new("cangetcoolerpower", WireType.Boolean),
        new("canpulseguide", WireType.Boolean), new("cansetccdtemperature", WireType.Boolean), new("canstopexposure", WireType.Boolean),
        new("ccdtemperature", WireType.Double), new("cooleron", WireType.Boolean, "CoolerOn", "False"), new("coolerpower", WireType.Double),
        new("electronsperadu", WireType.Double), new("exposuremax", WireType.Double), new("exposuremin", WireType.Double),
        new("exposureresolution", WireType.Double), new("fastreadout", WireType.Boolean, "FastReadout", "False"), new("fullwellcapacity", WireType.Double),
        new("gain", WireType.Int16, "Gain"), new("gainmax", WireType.Int16), new("gainmin", WireType.Int16), new("gains", WireType.TextList),
        new("hasshutter", WireType.Boolean), new("heatsinktemperature", WireType.Double), new("imageready", WireType.Boolean),
        new("ispulseguiding", WireType.Boolean), new("maxadu", WireType.Int32), new("maxbinx", WireType.Int16), new("maxbiny", WireType.Int16),
        new("numx", WireType.Int32, "NumX"), new("numy", WireType.Int32, "NumY"), new("offset", WireType.Int32, "Offset"), new("offsetmax", WireType.Int32),
        new("offsetmin", WireType.Int32), new("offsets", WireType.TextList), new("percentcompleted", WireType.Int16), new("pixelsizex", WireType.Double),
        new("pixelsizey", WireType.Double), new("readoutmode", WireType.Int16, "ReadoutMode", "0"), new("readoutmodes", WireType.TextList),
        new("sensorname", WireType.Text), new("sensortype", WireType.Int32), new("setccdtemperature", WireType.Double, "SetCCDTemperature", "0"),
        new("startx", WireType.Int32, "StartX", "0"), new("starty", WireType.Int32, "StartY", "0"),
        new("subexposureduration", WireType.Double, "SubExposureDuration"),
    ];

    /// <summary>What tells of the last exposure.</summary>
    public static IReadOnlyList<Member> LastExposure { get; } = [new("lastexposureduration", WireType.Double), new("lastexposurestarttime", WireType.Text)];

    private static readonly Dictionary<string, Member> ByName = Common.Concat(Camera).Concat(LastExposure).ToDictionary(member => member.Name);

    /// <summary>The type of a member's value.</summary>
    public static WireType TypeOf(string name) => ByName.TryGetValue(name, out var member) ? member.Type : WireType.None;

    /// <summary>The name under which a property is written.</summary>
    public static string ParameterOf(string name) => ByName[name].Parameter ?? throw new ArgumentException($"{name} is not written.", nameof(name));

    private static Member Free(string name, WireType type) => new(name, type) { NeedsConnection = false };
}
