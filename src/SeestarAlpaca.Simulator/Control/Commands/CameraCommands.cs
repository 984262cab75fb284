using System.Text.Json;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>The camera (<c>seestar-protocol.md</c> §4.2).</summary>
internal static class CameraCommands
{
    private const long LeastExposure = 30;
    private const long MostExposure = 60_000_000;

    /// <summary>Degrees Celsius of the sensor.</summary>
    private const double SensorTemperature = 28.5;

    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_camera_info"] = Handle.Tell(Info),
        ["get_camera_state"] = Handle.Tell(State),
        ["get_camera_exp_and_bin"] = Handle.Tell(call => new WireObject { ["exposure"] = Exposure(call), ["bin"] = 1 }),
        ["get_controls"] = Handle.Tell(Controls),
        ["get_control_value"] = Handle.Tell(Value),
        ["set_control_value"] = Handle.With(Set),
        ["set_camera_bin"] = Handle.With(SetBin),
        ["get_img_name_field"] = Handle.Tell(_ => NameFields()),
        ["set_page"] = Handle.Accepted,
        ["start_exposure"] = Handle.With(StartExposure),
        ["stop_exposure"] = Handle.With(StopExposure),
        ["start_continuous_expose"] = Handle.Accepted,
    };

    private static WireObject Info(Call call)
    {
        var facts = call.Telescope.Device.CameraFacts;
        return new WireObject
        {
            ["chip_size"] = facts["chip_size"],
            ["bins"] = new[] { 1, 2 },
            ["pixel_size_um"] = facts["pixel_size_um"],
            ["unity_gain"] = 0,
            ["has_cooler"] = false,
            ["is_color"] = true,
            ["is_usb3_host"] = false,
            ["has_hpc"] = false,
            ["debayer_pattern"] = facts["debayer_pattern"],
        };
    }

    private static WireObject State(Call call)
    {
        var name = call.Telescope.Facts.ProductModel;
        var exposes = call.Telescope.View.Stage is ContinuousExposure or Stacking || call.Telescope.SingleExposing.IsRunning;
        return new WireObject { ["state"] = exposes ? "exposing" : "idle", ["name"] = name, ["path"] = $"on-board-{name}" };
    }

    private static long Exposure(Call call) => (long)call.Telescope.StackExposure.TotalMicroseconds;

    private static WireObject[] Controls(Call call) =>
    [
        Control("Exposure", LeastExposure, MostExposure, readOnly: false),
        Control("Gain", 0, call.Telescope.Facts.MaxGain, readOnly: false),
        Control("Temperature", -500, 1000, readOnly: true),
        Control("ISP_Exposure", LeastExposure, 1_000_000, readOnly: false),
        Control("ISP_Gain", 0, call.Telescope.Facts.MaxGain, readOnly: false),
    ];

    private static WireObject Control(string name, long least, long most, bool readOnly) =>
        new() { ["name"] = name, ["min"] = least, ["max"] = most, ["read_only"] = readOnly };

    private static WireObject Value(Call call)
    {
        var name = Name(call);
        var value = name.ToUpperInvariant() switch
        {
            "GAIN" => (object)call.Telescope.Camera.Gain,
            "EXPOSURE" => Exposure(call),
            "TEMPERATURE" => SensorTemperature,
            _ => throw new RefusedException(ErrorCodes.InvalidValue),
        };
        return new WireObject { ["name"] = name, ["value"] = value };
    }

    /// <summary>A list that begins with the name, or an object that has it.</summary>
    private static string Name(Call call)
    {
        JsonElement? name = call.Parameters is { ValueKind: JsonValueKind.Object }
            ? call.Members().TryGetValue("name", out var member) ? member : null
            : call.Items().Cast<JsonElement?>().FirstOrDefault();
        return name is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw new RefusedException(ErrorCodes.InvalidValue);
    }

    private static Answer Set(Call call)
    {
        if (call.Items() is not [{ ValueKind: JsonValueKind.String } name, var value, ..])
        {
            throw new RefusedException(ErrorCodes.InvalidValue);
        }

        var number = Call.Number(value);
        switch (name.GetString()!.ToUpperInvariant())
        {
            case "GAIN" when number >= 0 && number <= call.Telescope.Facts.MaxGain:
                call.Telescope.Camera.Gain = (int)number;
                return Answer.Done;
            case "EXPOSURE" when number is >= LeastExposure and <= MostExposure:
                call.Telescope.Settings.Child("exp_ms")["stack_l"] = (long)(number / 1000);
                return Answer.Done;
            case "GAIN" or "EXPOSURE":
                return Answer.Of(ErrorCodes.OutOfLimit);
            default:
                return Answer.Of(ErrorCodes.InvalidValue);
        }
    }

    /// <summary>Bin 2 is listed, but nobody was seen to use it.</summary>
    private static Answer SetBin(Call call) =>
        Answer.Of(call.Items() is [var bin, ..] && Call.Number(bin) is 1 ? 0 : ErrorCodes.NotSupported);

    private static WireObject NameFields() =>
        new() { ["bin"] = true, ["date_time"] = true, ["temp"] = true, ["gain"] = true, ["camera_name"] = true };

    /// <summary>The sensor is free only while no view exposes.</summary>
    private static Answer StartExposure(Call call)
    {
        var exposure = new SingleExposure(call.Telescope);
        return call.Telescope.View.Stage is null && call.Telescope.SingleExposing.TryBegin(exposure.RunAsync, exposure.Abort)
            ? Answer.Begun
            : Answer.Of(ErrorCodes.FailToOperate);
    }

    private static Answer StopExposure(Call call)
    {
        call.Telescope.SingleExposing.Stop();
        return Answer.Done;
    }
}
