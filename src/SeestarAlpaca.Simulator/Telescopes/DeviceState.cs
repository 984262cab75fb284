using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>What <c>get_device_state</c> tells: a captured sample with what is true of this telescope now. To be used within the agenda.</summary>
internal sealed class DeviceState
{
    private readonly Telescope _telescope;
    private readonly WireObject _state;

    /// <summary>Takes the sample for the telescope's model and firmware.</summary>
    public DeviceState(Telescope telescope)
    {
        _telescope = telescope;
        _state = DeviceSample.Of(telescope.Options.Model, telescope.Version);
        var serial = telescope.Options.SerialNumber;
        _state.Child("device").With(new WireObject
        {
            ["firmware_ver_int"] = telescope.Version.Number,
            ["firmware_ver_string"] = telescope.Version.ToString(),
            ["sn"] = serial,
        });
        _state.Child("ap")["ssid"] = $"{telescope.Facts.SsidPrefix}_{serial}";
        _state.Child("station")["ip"] = telescope.Options.Address.ToString();
        if (telescope.Options.MosaicScale > 1)
        {
            Settings.Child("mosaic")["scale"] = telescope.Options.MosaicScale;
        }

        if (telescope.Options.DoubleStack)
        {
            Settings.Child("stack")["drizzle2x"] = true;
        }
    }

    /// <summary>What old firmware keeps apart from the settings (<c>seestar-protocol.md</c> §4.5).</summary>
    public WireObject StackSetting { get; } = new() { ["save_discrete_frame"] = false, ["save_discrete_ok_frame"] = true, ["light_duration_min"] = -1L };

    /// <summary>The settings.</summary>
    public WireObject Settings => _state.Child("setting");

    /// <summary>Temperatures and battery.</summary>
    public WireObject Power => _state.Child("pi_status");

    /// <summary>Name, model, serial number.</summary>
    public WireObject Device => _state.Child("device");

    /// <summary>The telephoto camera's focuser.</summary>
    public WireObject Focuser => _state.Child("focuser");

    /// <summary>Which camera the app has chosen: View, or SecondView for the wide one.</summary>
    public string SelectedCamera { get; set; } = "View";

    /// <summary>The dew heater, as it was set last.</summary>
    public WireObject Heater { get; } = new() { ["state"] = false, ["value"] = 0L };

    /// <summary>The network that the telescope is in.</summary>
    public WireObject Station => _state.Child("station");

    /// <summary>Where the owner is, in degrees: longitude and latitude.</summary>
    public (double Longitude, double Latitude) Location
    {
        get => (object?[])_state["location_lon_lat"]! is [var longitude, var latitude]
            ? (Convert.ToDouble(longitude), Convert.ToDouble(latitude)) : default;
        set => _state["location_lon_lat"] = new object?[] { value.Longitude, value.Latitude };
    }

    /// <summary>The telephoto camera's constants.</summary>
    public WireObject CameraFacts => _state.Child("camera");

    /// <summary>The first storage volume.</summary>
    public WireObject Volume => (WireObject)((object?[])_state.Child("storage")["storage_volume"]!)[0]!;

    /// <summary>The state as it is now.</summary>
    /// <param name="keys">Which members; null for all. Unknown ones are left out.</param>
    public WireObject ToWire(IReadOnlyCollection<string>? keys)
    {
        var mount = _telescope.Mount;
        _state.Child("mount").With(new WireObject
        {
            ["move_type"] = mount.Moving ? "goto" : "none",
            ["close"] = mount.ArmClosed,
            ["tracking"] = mount.Tracking,
            ["equ_mode"] = mount.EquatorialMode,
        });
        return new WireObject().With(_state.Where(member => keys is null || keys.Contains(member.Key)));
    }
}
