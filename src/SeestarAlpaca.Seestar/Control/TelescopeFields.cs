using System.Text.Json;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>What the telescope says of a view, in events and in <c>get_view_state</c> (<c>seestar-protocol.md</c> §3.7, §4.3). Null is not said.</summary>
/// <param name="State">working, cancel, complete, fail, idle.</param>
/// <param name="Mode">star, scenery, solar_sys, sun, moon, planet, none.</param>
/// <param name="TargetName">As given by the app.</param>
/// <param name="TargetRaDec">Right ascension in hours and declination in degrees, of date.</param>
/// <param name="Gain">0–400, S30 Pro 0–600, in 0.1 dB.</param>
/// <param name="LpFilter">Whether the light pollution filter is in.</param>
/// <param name="Lapse">Time since the view began; zero in the event of its beginning.</param>
/// <param name="Stage">The active child, in queries only: ContinuousExposure, Stack, AutoGoto, Initialise, RTSP …</param>
public sealed record ViewFields(
    string? State, string? Mode, string? TargetName, (double Hours, double Degrees)? TargetRaDec, int? Gain, bool? LpFilter, TimeSpan? Lapse, string? Stage)
{
    internal static ViewFields Read(JsonElement json) => new(
        json.Text("state"), json.Text("mode"), json.Text("target_name"), json.Pair("target_ra_dec"), json.Int("gain"), json.Flag("lp_filter"),
        json.Milliseconds("lapse_ms"), json.Text("stage"));
}

/// <summary>What the telescope says of its stack. Null is not said.</summary>
/// <param name="State">working, cancel, complete, fail.</param>
/// <param name="StackedFrames">Subs in the stack.</param>
/// <param name="DroppedFrames">Subs that were rejected.</param>
/// <param name="ErrorCode">−1 before the first sub, 0 ok, else why the last one was rejected.</param>
/// <param name="Lapse">Time since the stack was started.</param>
public sealed record StackFields(string? State, int? StackedFrames, int? DroppedFrames, int? ErrorCode, TimeSpan? Lapse)
{
    internal static StackFields Read(JsonElement json) => new(
        json.Text("state"),
        json.Int("stacked_frame"),
        json.Int("dropped_frame"),
        json.Int("frame_errcode"),
        json.Milliseconds("lapse_ms"));
}

/// <summary>Battery and temperatures. Null is not said.</summary>
/// <param name="BatteryPercent">0–100; the telescope's passing 102 is told as 100.</param>
/// <param name="IsCharging">Whether the charger is connected.</param>
/// <param name="CpuTemperature">Degrees Celsius; of the processor, not of the sensor.</param>
/// <param name="BatteryTemperature">Degrees Celsius.</param>
public sealed record PiStatusFields(int? BatteryPercent, bool? IsCharging, double? CpuTemperature, double? BatteryTemperature)
{
    /// <summary>Nothing known.</summary>
    public static PiStatusFields None { get; } = new(null, null, null, null);

    internal static PiStatusFields Read(JsonElement json) => new(
        json.Int("battery_capacity") is { } percent ? Math.Clamp(percent, 0, 100) : null,
        json.Flag("charge_online"),
        json.Number("temp"),
        json.Number("battery_temp"));

    /// <summary>These values, completed with older ones.</summary>
    internal PiStatusFields Over(PiStatusFields older) => new(
        BatteryPercent ?? older.BatteryPercent,
        IsCharging ?? older.IsCharging,
        CpuTemperature ?? older.CpuTemperature,
        BatteryTemperature ?? older.BatteryTemperature);
}
