using System.Text.Json;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Settings (<c>seestar-protocol.md</c> §4.5): known keys are applied even where another one is refused.</summary>
internal static class SettingCommands
{
    private static readonly long[] StackExposures = [10_000, 20_000, 30_000, 60_000];
    private static readonly long[] ExpertExposures = [2_000, 5_000];

    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_setting"] = Handle.Tell(call => call.Telescope.Settings),
        ["set_setting"] = Handle.With(Set),
    };

    private static Answer Set(Call call)
    {
        if (call.Parameters is null)
        {
            throw new RefusedException(ErrorCodes.ExpectedObject);
        }

        var code = 0;
        var changed = new WireObject();
        foreach (var (key, value) in call.Members())
        {
            var refusal = Mastership(call, key, value) ?? Unlisted(call, key, value) ?? Set(call, call.Telescope.Settings, key, value);
            code = code == 0 ? refusal : code;
            if (refusal == 0)
            {
                changed[key] = WireObject.Of(value);
            }
        }

        if (changed.Count > 0)
        {
            call.Telescope.Events.Emit("Setting", changed);
        }

        if (changed.ContainsKey("stack_lenhance") && call.Telescope.Wheel.Position != call.Telescope.Wheel.Wanted)
        {
            call.Telescope.Begin(() => call.Telescope.Wheel.MoveAsync(call.Telescope.Wheel.Wanted, call.Telescope.Lifetime));
        }

        return Answer.Of(code);
    }

    /// <summary>The code for the two keys that tell who the client is; null for all others (<c>seestar-protocol.md</c> §3.3).</summary>
    private static int? Mastership(Call call, string key, JsonElement value)
    {
        var refuses = call.Telescope.Version >= FirmwareVersion.StackOptionsInSettings && call.Telescope.Version < FirmwareVersion.WantsSignature;
        switch (key)
        {
            case "master_cli" when refuses:
                return ErrorCodes.NotSupported;
            case "cli_name" when refuses:
                return ErrorCodes.UnexpectedParam;
            case "master_cli":
                var (mastership, claims) = (call.Telescope.Mastership, value.ValueKind == JsonValueKind.True);
                (claims ? (Action<Client>)mastership.Claim : mastership.Yield)(call.Client);
                return 0;
            case "cli_name":
                return 0;
            default:
                return null;
        }
    }

    /// <summary>The code for keys that can be set and are not told, or told and not set; null for all others.</summary>
    private static int? Unlisted(Call call, string key, JsonElement value)
    {
        switch (key)
        {
            // The heater has a command of its own.
            case "heater_enable":
                return ErrorCodes.UnexpectedParam;
            case "rtsp_roi_index":
                return value.ValueKind == JsonValueKind.Number ? 0 : ErrorCodes.ExpectedFloat;
            case "selected_cam" when call.Telescope.Facts.WideSize is not null:
                return SelectCamera(call, value);
            default:
                return null;
        }
    }

    private static int SelectCamera(Call call, JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (name is not ("View" or "SecondView") || call.Members().ContainsKey("wide_cam"))
        {
            return ErrorCodes.InvalidValue;
        }

        call.Telescope.Device.SelectedCamera = name;
        call.Telescope.Events.Emit("SelectCamera", new WireObject { ["selected_cam"] = name });
        return 0;
    }

    /// <summary>Applies all members that there are.</summary>
    /// <returns>0, or the code of the first refusal.</returns>
    public static int SetAll(Call call, WireObject settings) =>
        call.Members().Select(member => Set(call, settings, member.Key, member.Value)).ToArray().FirstOrDefault(code => code != 0);

    private static int Set(Call call, WireObject settings, string key, JsonElement value)
    {
        if (!settings.TryGetValue(key, out var present))
        {
            return ErrorCodes.UnexpectedParam;
        }

        if (present is WireObject within)
        {
            return value.ValueKind == JsonValueKind.Object
                ? value.EnumerateObject().Select(member => Set(call, within, member.Name, member.Value)).ToArray().FirstOrDefault(code => code != 0)
                : ErrorCodes.ExpectedObject;
        }

        if (key == "stack_l" && !IsAllowed(call, value))
        {
            return ErrorCodes.OutOfLimit;
        }

        var wanted = Convert(present, value);
        if (wanted is null)
        {
            return ErrorCodes.InvalidValue;
        }

        settings[key] = wanted;
        return 0;
    }

    private static bool IsAllowed(Call call, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var milliseconds)
        && (StackExposures.Contains(milliseconds) || (ExpertExposures.Contains(milliseconds) && call.Telescope.Settings.Get("expert_mode", false)));

    /// <summary>A value of the same kind as the one before; null if it is of another kind.</summary>
    private static object? Convert(object? present, JsonElement value) => (present, WireObject.Of(value)) switch
    {
        (bool, bool flag) => flag,
        (bool, long number) => number != 0,
        (long, long number) => number,
        (double, long number) => (double)number,
        (double, double number) => number,
        (string, string text) => text,
        (object?[], object?[] list) => list,
        _ => null,
    };
}
