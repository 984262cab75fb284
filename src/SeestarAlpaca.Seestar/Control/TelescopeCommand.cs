using System.Text.Json.Nodes;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>
/// Everything that this program ever tells a telescope to do. There is no other way to make a command, so that nothing else can be sent: no shutdown,
/// no move of mount, arm or focuser, no Sun mode, no mastership (<c>seestar-protocol.md</c> §4.2–4.9).
/// </summary>
/// <remarks>Immutable and thread safe.</remarks>
public sealed class TelescopeCommand
{
    /// <summary>Clients of a camera allow about 5 s for a value to be set.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    /// <summary>Ending a stack takes a few seconds, and the reply comes after its events (<c>seestar-protocol.md</c> §4.4).</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(15);

    private readonly Func<JsonNode> _parameters;

    private TelescopeCommand(string method, Func<JsonNode> parameters, TimeSpan timeout, Func<TelescopeObservation, TelescopeObservation>? effect = null) =>
        (Method, _parameters, Timeout, Effect) = (method, parameters, timeout, effect ?? (known => known));

    /// <summary>Begins a new stack in the live view.</summary>
    public static TelescopeCommand StartStack { get; } = new("iscope_start_stack", () => new JsonObject { ["restart"] = true }, Later);

    /// <summary>Ends the stack; the live view goes on. To be sent only for a stack that this program began.</summary>
    public static TelescopeCommand StopStack { get; } = new("iscope_stop_view", () => new JsonObject { ["stage"] = "Stack" }, Later);

    /// <summary>The method, for messages.</summary>
    public string Method { get; }

    /// <summary>How long its reply may take.</summary>
    internal TimeSpan Timeout { get; }

    /// <summary>What is known of the telescope once it has accepted the command.</summary>
    internal Func<TelescopeObservation, TelescopeObservation> Effect { get; }

    /// <summary>Parameters of a request; new ones each time, since they become part of it.</summary>
    internal JsonNode Parameters => _parameters();

    /// <summary>Sets the gain in 0.1 dB, 0 to the model's highest.</summary>
    public static TelescopeCommand SetGain(int gain) =>
        new("set_control_value", () => new JsonArray("gain", gain), Soon, known => known with { Gain = gain });

    /// <summary>Sets the length of the subs of stacks.</summary>
    public static TelescopeCommand SetSubExposure(TimeSpan exposure) => new(
        "set_setting",
        () => new JsonObject { ["exp_ms"] = new JsonObject { ["stack_l"] = (int)exposure.TotalMilliseconds } },
        Soon,
        known => known with { SubExposure = exposure });

    /// <summary>Chooses the light pollution filter, or the infrared cut filter.</summary>
    public static TelescopeCommand SetFilter(bool lightPollution) => new(
        "set_setting", () => new JsonObject { ["stack_lenhance"] = lightPollution }, Soon, known => known with { LpFilter = lightPollution });

    /// <summary>Sets the dew heater's power in per cent, 0 for off.</summary>
    public static TelescopeCommand SetDewHeater(int percent) => new(
        "pi_output_set2",
        () => new JsonObject { ["heater"] = new JsonObject { ["state"] = percent > 0, ["value"] = percent } },
        Soon,
        known => known with { DewHeaterPercent = percent });
}
