using System.Text.Json.Nodes;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Live;

/// <summary>A stack's details as JSON, the same for Alpaca actions and for the pages.</summary>
internal static class StackJson
{
    public static JsonObject Of(StackDetails stack) => new()
    {
        ["sequence"] = stack.Sequence,
        ["frames"] = stack.Frames,
        ["dropped"] = stack.Dropped,
        ["subExposureSeconds"] = stack.SubExposure?.TotalSeconds,
        ["integrationSeconds"] = stack.Integration?.TotalSeconds,
        ["receivedAt"] = stack.ReceivedAt.UtcDateTime.ToString("O"),
        ["width"] = stack.Size.Width,
        ["height"] = stack.Size.Height,
        ["target"] = stack.TargetName,
        ["rightAscensionHoursOfDate"] = stack.TargetRaDec?.Hours,
        ["declinationDegreesOfDate"] = stack.TargetRaDec?.Degrees,
        ["gain"] = stack.Gain,
        ["filter"] = stack.LpFilter switch { true => "LP", false => "IRCUT", null => null },
    };

    public static JsonObject Of(SubDetails sub) => new()
    {
        ["sequence"] = sub.Sequence,
        ["ofStack"] = sub.IsOfStack,
        ["exposureSeconds"] = sub.Exposure?.TotalSeconds,
        ["receivedAt"] = sub.ReceivedAt.UtcDateTime.ToString("O"),
        ["width"] = sub.Size.Width,
        ["height"] = sub.Size.Height,
        ["target"] = sub.TargetName,
        ["rightAscensionHoursOfDate"] = sub.TargetRaDec?.Hours,
        ["declinationDegreesOfDate"] = sub.TargetRaDec?.Degrees,
        ["gain"] = sub.Gain,
        ["filter"] = sub.LpFilter switch { true => "LP", false => "IRCUT", null => null },
    };
}
