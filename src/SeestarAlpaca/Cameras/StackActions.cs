using System.Text.Json;
using System.Text.Json.Nodes;
using SeestarAlpaca.Live;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>The actions of a stack camera.</summary>
internal static class StackActions
{
    /// <summary>Tells which stack was delivered last, and how the telescope is.</summary>
    public const string StackInfo = "StackInfo";

    /// <summary>Tells the address of the telescope's video.</summary>
    public const string RtspUrl = "RtspUrl";

    /// <summary>The answer to <see cref="StackInfo"/>: a JSON object; what is unknown is null.</summary>
    /// <param name="telescope">The telescope.</param>
    /// <param name="delivered">The stack of the last picture; null before the first.</param>
    /// <param name="deliveredBefore">The stack of the picture before that one.</param>
    public static string Describe(Telescope telescope, StackDetails? delivered, StackDetails? deliveredBefore)
    {
        var state = telescope.State;
        return new JsonObject
        {
            ["telescope"] = telescope.Name,
            ["simulated"] = telescope.IsSimulated,
            ["state"] = JsonNamingPolicy.CamelCase.ConvertName(state.Name.ToString()),
            ["sentence"] = state.Text,
            ["stack"] = delivered is null ? null : StackJson.Of(delivered),
            ["duplicate"] = delivered is null ? null : delivered == deliveredBefore,
        }.ToJsonString();
    }
}
