using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>
/// The captured device state of a model and firmware: one complete sample and, as merge patches, how the others differ from it
/// (<c>seestar-protocol.md</c> §4.1). Values that no source tells are zero or false there.
/// </summary>
internal static class DeviceSample
{
    private static readonly string[] Order =
    [
        "device", "setting", "location_lon_lat", "camera", "second_camera", "focuser", "second_focuser", "ap", "station", "storage",
        "balance_sensor", "compass_sensor", "mount", "pi_status",
    ];

    /// <summary>The sample that is nearest to a model and firmware.</summary>
    public static WireObject Of(SeestarModel model, FirmwareVersion version)
    {
        var sample = Load("S50-6.70");
        foreach (var patch in Patches(model, version))
        {
            sample.Patch(Load(patch));
        }

        return new WireObject().With(Order.Where(sample.ContainsKey).Select(key => KeyValuePair.Create(key, sample[key])));
    }

    private static string[] Patches(SeestarModel model, FirmwareVersion version) => model switch
    {
        SeestarModel.S50 => version < FirmwareVersion.WantsVerify ? ["S50-4.27"] : [],
        SeestarModel.S30 => ["S30-7.06"],
        _ => version.Major >= 9 ? ["S30Pro-8.46", "S30Pro-9.31"] : ["S30Pro-8.46"],
    };

    private static WireObject Load(string name)
    {
        using var resource = typeof(DeviceSample).Assembly.GetManifestResourceStream(name + ".json")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return WireObject.Parse(bytes.ToArray());
    }
}
