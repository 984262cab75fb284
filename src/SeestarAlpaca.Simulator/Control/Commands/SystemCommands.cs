using System.Text.Json;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Power, network, clock, sounds (<c>seestar-protocol.md</c> §4.8, §4.9).</summary>
internal static class SystemCommands
{
    /// <summary>Sounds are numbered; beyond the last there is no file.</summary>
    private const int LastSound = 99;

    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["pi_get_info"] = Handle.Tell(call => new WireObject { ["model"] = call.Telescope.Facts.ProductModel }.With(call.Telescope.Device.Power)),
        ["pi_output_set2"] = Handle.With(SetOutput),
        ["pi_output_get2"] = Handle.Tell(call => new WireObject { ["heater"] = call.Telescope.Device.Heater }),
        ["pi_station_state"] = Handle.Tell(call => call.Telescope.Device.Station),
        ["pi_set_time"] = Handle.With(SetTime),
        ["scope_set_time"] = Handle.With(SetTime),
        ["pi_shutdown"] = Handle.With(call => SwitchOff(call, again: false)),
        ["pi_reboot"] = Handle.With(call => SwitchOff(call, again: true)),
        ["play_sound"] = Handle.With(call => Answer.Of(call.Number("num") is >= 0 and <= LastSound ? 0 : ErrorCodes.FileNotExist)),
    };

    private static Answer SetOutput(Call call)
    {
        if (!call.Members().TryGetValue("heater", out var heater) || heater.ValueKind != JsonValueKind.Object
            || !heater.TryGetProperty("state", out var state) || state.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Answer.Of(ErrorCodes.InvalidValue);
        }

        var on = state.GetBoolean();
        var present = call.Telescope.Device.Heater;
        var value = heater.TryGetProperty("value", out var percent) ? Call.Number(percent) : present.Get("value", 0L);
        if (value is not (>= 0 and <= 100))
        {
            return Answer.Of(ErrorCodes.OutOfLimit);
        }

        present.With(new WireObject { ["state"] = on, ["value"] = (long)value });
        call.Telescope.Settings["heater_enable"] = on;
        call.Telescope.Events.Emit("Setting", new WireObject { ["heater_enable"] = on });
        return Answer.Done;
    }

    /// <summary>Accepted and not kept: file names go by the clock of the simulation. Old clients send the object within a list.</summary>
    private static Answer SetTime(Call call)
    {
        var isTime = call.Parameters is { ValueKind: JsonValueKind.Array }
            ? call.Items() is [{ ValueKind: JsonValueKind.Object } time, ..] && time.TryGetProperty("year", out _)
            : call.Members().ContainsKey("year");
        return Answer.Of(isTime ? 0 : ErrorCodes.ExpectedObject);
    }

    private static Answer SwitchOff(Call call, bool again)
    {
        call.Telescope.Begin(() => Restart.RunAsync(call.Telescope, again));
        return Answer.Done;
    }
}
