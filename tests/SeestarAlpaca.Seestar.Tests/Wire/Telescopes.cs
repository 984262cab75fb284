using System.Text.Json.Nodes;

namespace SeestarAlpaca.Seestar.Tests.Wire;

/// <summary>How telescopes answer on the control port.</summary>
internal static class Telescopes
{
    public const string Done = "\"result\":0,\"code\":0";
    public const string Connected = "\"result\":\"server connected!\",\"code\":0";
    public const string NotFound = "\"error\":\"method not found\",\"code\":103";
    public const string Challenge = "\"result\":{\"str\":\"challenge-1234\"},\"code\":0";

    /// <summary>Firmware before 7.18: no authentication, state as given.</summary>
    public static Answers Unlocked(string deviceState, Func<string> viewState) => (method, _) => method switch
    {
        "get_verify_str" => NotFound,
        "test_connection" => Connected,
        "get_device_state" => $"\"result\":{deviceState},\"code\":0",
        "get_view_state" => $"\"result\":{viewState()},\"code\":0",
        _ => NotFound,
    };

    /// <summary>Locked firmware that answers heartbeats.</summary>
    public static string? Locked(string method, JsonNode? parameters) => method switch
    {
        "get_verify_str" => Challenge,
        "test_connection" => Connected,
        _ => null,
    };

    /// <summary>Locked firmware that ignores heartbeats.</summary>
    public static string? LockedAndDeaf(string method, JsonNode? parameters) => method == "get_verify_str" ? Challenge : null;
}
