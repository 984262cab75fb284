using System.Text.Json;
using System.Text.Json.Nodes;
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
