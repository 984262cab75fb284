using System.Text.Json;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>Folds the answers to state queries into what is known of a telescope. Pure.</summary>
public static class QueryReader
{
    /// <summary>
    /// The keys asked of <c>get_device_state</c>: never <c>ap</c>, <c>station</c> or <c>location_lon_lat</c>, which hold the Wi-Fi password and the
    /// owner's position.
    /// </summary>
    public static IReadOnlyList<string> DeviceStateKeys { get; } = ["device", "camera", "mount", "pi_status", "setting"];

    /// <summary>What is known after an answer to <c>get_device_state</c> (<c>seestar-protocol.md</c> §4.1).</summary>
    public static TelescopeObservation ApplyDeviceState(TelescopeObservation known, JsonElement state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        var device = state.Field("device") ?? default;
        var camera = state.Field("camera") ?? default;
        var closed = (state.Field("mount") ?? default).Flag("close");
        var status = state.Field("pi_status") is { } fields ? PiStatusFields.Read(fields) : PiStatusFields.None;
        var exposure = (state.Field("setting")?.Field("exp_ms") ?? default).Number("stack_l");

        var next = closed is true && known.ArmClosed is not true ? known.NextEpoch() : known;
        return next with
        {
            Serial = SerialNumber(device.Text("sn")) ?? known.Serial,
            Model = Model(device.Text("product_model")) ?? known.Model,
            Firmware = device.Text("firmware_ver_string") ?? known.Firmware,
            Phase = Phase(camera.Text("debayer_pattern")) ?? known.Phase,
            SensorSize = camera.Pair("chip_size") is ({ } width, { } height) && IsSide(width) && IsSide(height) ? ((int)width, (int)height) : known.SensorSize,
            PixelSize = camera.Number("pixel_size_um") is > 0 and < 100 and var size ? Math.Round(size, 3) : known.PixelSize,
            ArmClosed = closed ?? known.ArmClosed,
            SubExposure = exposure is > 0 and < 1e7 ? TimeSpan.FromMilliseconds(exposure.Value) : known.SubExposure,
            Status = status.Over(known.Status),
            ExpertMode = (state.Field("setting") ?? default).Flag("expert_mode") ?? known.ExpertMode,
            HeardAt = now,
        };
    }

    /// <summary>What is known after an answer to <c>get_control_value</c> for the gain (<c>seestar-protocol.md</c> §4.2).</summary>
    public static TelescopeObservation ApplyGain(TelescopeObservation known, JsonElement answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known with { Gain = answer.Number("value") is >= 0 and < 10_000 and var gain ? (int)gain : known.Gain, HeardAt = now };
    }

    /// <summary>
    /// What is known after an answer to <c>get_control_value</c> for the temperature (<c>seestar-protocol.md</c> §4.2). The maker's other products tell
    /// tenths of a degree; what no sensor can have is not taken for a temperature.
    /// </summary>
    public static TelescopeObservation ApplyTemperature(TelescopeObservation known, JsonElement answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known with { SensorTemperature = answer.Number("value") is >= -60 and <= 90 and var degrees ? Math.Round(degrees, 2) : null, HeardAt = now };
    }

    /// <summary>What is known after an answer to <c>get_controls</c> (<c>seestar-protocol.md</c> §4.2): the range of the gain.</summary>
    public static TelescopeObservation ApplyControls(TelescopeObservation known, JsonElement answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        var gain = answer.ValueKind == JsonValueKind.Array
            ? answer.EnumerateArray().FirstOrDefault(control => string.Equals(control.Text("name"), "Gain", StringComparison.OrdinalIgnoreCase))
            : default;
        return known with
        {
            GainRange = gain.Int("min") is >= 0 and var lowest && gain.Int("max") is < 10_000 and var highest && lowest < highest ? (lowest, highest) : known.GainRange,
            HeardAt = now,
        };
    }

    /// <summary>What is known after an answer to <c>get_view_state</c> (<c>seestar-protocol.md</c> §4.3); <c>{}</c> after power-on.</summary>
    public static TelescopeObservation ApplyViewState(TelescopeObservation known, JsonElement state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (state.Field("View") is not { ValueKind: JsonValueKind.Object } view)
        {
            var nothing = new ViewFields("cancel", "none", null, null, null, null, null, null);
            return Observer.View(known, nothing, begins: false) with { IsInitialising = false, IsLive = false, RtspPort = null, HeardAt = now };
        }

        var fields = ViewFields.Read(view);
        var next = Observer.View(known, fields, begins: false);
        if (view.Field("Stack") is { ValueKind: JsonValueKind.Object } stack)
        {
            next = Observer.Stack(next, StackFields.Read(stack), now);
        }
        else if (next.IsStacking)
        {
            next = next.NextEpoch();
        }

        var works = fields.State == "working";
        var moves = works && fields.Stage is "AutoGoto" or "ScopeGoto";
        return (moves && next.IsMoving is not true ? next.NextEpoch() : next) with
        {
            IsMoving = works ? moves : next.IsMoving,
            InAutoGoto = works && fields.Stage is "AutoGoto",
            IsInitialising = works && fields.Stage is "Initialise",
            IsLive = works && fields.Stage is "ContinuousExposure",
            RtspPort = works && view.Field("RTSP") is { } rtsp && rtsp.Text("state") == "working" ? rtsp.Int("port") ?? 4554 : null,
            HeardAt = now,
        };
    }

    /// <summary>A product name as told by the telescope, with the emulator's short form of the S30 Pro made whole.</summary>
    internal static string? Model(string? name) => name == "Seestar S30P" ? "Seestar S30 Pro" : string.IsNullOrWhiteSpace(name) ? null : name.Trim();

    /// <summary>A serial number that can be one: eight to thirty-two letters and digits, not all zero.</summary>
    internal static string? SerialNumber(string? text) =>
        text is { Length: >= 8 and <= 32 } && text.All(char.IsAsciiLetterOrDigit) && text.Any(c => c != '0') ? text.ToLowerInvariant() : null;

    private static bool IsSide(double side) => side is >= 1 and <= Images.FrameHeader.MaxSide;

    private static BayerPhase? Phase(string? pattern) => pattern switch
    {
        "GR" => BayerPhase.Grbg,
        "RG" => BayerPhase.Rggb,
        "GB" => BayerPhase.Gbrg,
        "BG" => BayerPhase.Bggr,
        _ => null,
    };
}
