using System.Text.Json;
using System.Text.Json.Nodes;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Live;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>The actions of a camera.</summary>
internal static class CameraActions
{
    /// <summary>Tells what was delivered last, and how the telescope is.</summary>
    public const string StackInfo = "StackInfo";

    /// <summary>Tells the address of the telescope's video.</summary>
    public const string RtspUrl = "RtspUrl";

    /// <summary>Begins a stack.</summary>
    public const string StartStacking = "StartStacking";

    /// <summary>Ends the stack that this server has begun.</summary>
    public const string StopStacking = "StopStacking";

    /// <summary>Chooses a filter: LP or IRCUT.</summary>
    public const string SetFilter = "SetFilter";

    /// <summary>Sets the dew heater: 0 to 100 per cent.</summary>
    public const string SetDewHeater = "SetDewHeater";

    /// <summary>All actions.</summary>
    public static IReadOnlyList<string> Names { get; } = [StackInfo, RtspUrl, StartStacking, StopStacking, SetFilter, SetDewHeater];

    /// <summary>Carries out an action; its name is taken in any case.</summary>
    /// <returns>What the action tells; empty for one that does something.</returns>
    /// <exception cref="DriverException">There is no such action, or it is refused; the message says why.</exception>
    public static string Run(string name, string parameters, Telescope telescope, TelescopeControl control, Func<string> describe)
    {
        var known = Names.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw DriverException.ActionNotImplemented($"There is no action {name}; there are {string.Join(", ", Names.SkipLast(1))} and {Names[^1]}.");
        switch (known)
        {
            case StackInfo:
                return describe();
            case RtspUrl:
                return Video.RtspAddress.Of(telescope) ?? throw DriverException.DeviceFailure(telescope.State.Text);
            case StartStacking:
                control.StartStacking();
                break;
            case StopStacking:
                control.StopStacking();
                break;
            case SetFilter:
                control.SetFilter(parameters);
                break;
            default:
                control.SetDewHeater(parameters);
                break;
        }

        return string.Empty;
    }

    /// <summary>The answer to <see cref="StackInfo"/>: a JSON object; what is unknown is null.</summary>
    /// <param name="telescope">The telescope.</param>
    /// <param name="last">The last picture; null before the first.</param>
    /// <param name="before">The picture before that one.</param>
    public static string Describe(Telescope telescope, Delivery? last, Delivery? before)
    {
        var state = telescope.State;
        return new JsonObject
        {
            ["telescope"] = telescope.Name,
            ["simulated"] = telescope.IsSimulated,
            ["state"] = JsonNamingPolicy.CamelCase.ConvertName(state.Name.ToString()),
            ["sentence"] = state.Text,
            ["stack"] = last?.Stack is { } stack ? StackJson.Of(stack) : null,
            ["sub"] = last?.Sub is { } sub ? StackJson.Of(sub) : null,
            ["duplicate"] = last is null ? null : (last.Stack, last.Sub) == (before?.Stack, before?.Sub),
        }.ToJsonString();
    }
}
