using System.Text.Json;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Camera and filter wheel (<c>seestar-protocol.md</c> §4.2, §4.6).</summary>
internal static class CameraCommands
{
    /// <summary>Degrees Celsius of the sensor.</summary>
    private const double SensorTemperature = 28.5;

    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_camera_info"] = call => Task.FromResult(new Answer(Info(call))),
        ["get_camera_state"] = call => Task.FromResult(new Answer(State(call))),
        ["get_control_value"] = call => Task.FromResult(new Answer(Value(call))),
        ["set_control_value"] = call => Task.FromResult(Set(call)),
        ["get_wheel_position"] = call => Task.FromResult(new Answer(call.Telescope.Wheel.Position)),
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
        var exposes = call.Telescope.View.Stage is ContinuousExposure or Stacking;
        return new WireObject { ["state"] = exposes ? "exposing" : "idle", ["name"] = name, ["path"] = $"on-board-{name}" };
    }

    private static WireObject Value(Call call)
    {
        var name = Name(call);
        var value = name.ToUpperInvariant() switch
        {
            "GAIN" => (object)call.Telescope.Camera.Gain,
            "EXPOSURE" => (long)call.Telescope.StackExposure.TotalMicroseconds,
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
            case "EXPOSURE" when number is > 0 and <= 60_000_000:
                call.Telescope.Settings.Child("exp_ms")["stack_l"] = (long)(number / 1000);
                return Answer.Done;
            case "GAIN" or "EXPOSURE":
                return Answer.Of(ErrorCodes.OutOfLimit);
            default:
                return Answer.Of(ErrorCodes.InvalidValue);
        }
    }
}
