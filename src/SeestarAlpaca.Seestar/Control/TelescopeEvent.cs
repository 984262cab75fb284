using System.Text.Json;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>
/// Something that happened in the telescope (<c>seestar-protocol.md</c> §3.7). Typed where known; everything else is passed through as
/// <see cref="OtherEvent"/>. Every field may be missing, then it is null.
/// </summary>
/// <param name="Name">The event's name as sent.</param>
/// <param name="Timestamp">The telescope's clock: time since boot.</param>
/// <param name="State">working, complete, cancel, fail, start …</param>
/// <param name="Route">The parents, outermost first; null for the older family of step events, which are tolerated and not acted on.</param>
public abstract record TelescopeEvent(string Name, TimeSpan? Timestamp, string? State, IReadOnlyList<string>? Route)
{
    /// <summary>Whether the step is going on.</summary>
    public bool IsWorking => State == "working";

    /// <summary>Whether this belongs to the telephoto camera's view, in the family that carries a route.</summary>
    public bool InView => Route is ["View", ..] || (Route is [] && Name == "View");

    /// <summary>Reads an event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="json">The whole object.</param>
    public static TelescopeEvent Parse(string name, JsonElement json)
    {
        var (time, state, route) = (json.Timestamp(), json.Text("state"), ReadRoute(json));
        return name switch
        {
            "Version" => new VersionEvent(time, json.Int("firmware_ver_int"), json.Text("firmware_ver_string"), json.Flag("is_verified")),
            "View" => new ViewEvent(time, state, route, ViewFields.Read(json)),
            "Stack" => new StackEvent(time, state, route, StackFields.Read(json)),
            "Exposure" => new ExposureEvent(time, state, route, json.Milliseconds("exp_ms")),
            "ScopeHome" or "ScopeMoveToHorizon" => new ArmEvent(name, time, state, route, json.Flag("close")),
            "PiStatus" => new PiStatusEvent(time, PiStatusFields.Read(json)),
            "Client" => new ClientEvent(time, json.Flag("is_master")),
            _ => new OtherEvent(name, time, state, route, json),
        };
    }

    private static string[]? ReadRoute(JsonElement json) =>
        json.Field("route") is { ValueKind: JsonValueKind.Array } route
            ? [.. route.EnumerateArray().Select(step => step.Text() ?? string.Empty)]
            : null;
}

/// <summary>The greeting of a new connection.</summary>
/// <param name="Timestamp">Time since boot.</param>
/// <param name="FirmwareNumber">2000 + 100 × version: 2670 is 6.70.</param>
/// <param name="Firmware">The version's text, such as 6.70.</param>
/// <param name="IsVerified">The telescope's own flag of that name.</param>
public sealed record VersionEvent(TimeSpan? Timestamp, int? FirmwareNumber, string? Firmware, bool? IsVerified)
    : TelescopeEvent("Version", Timestamp, null, null);

/// <summary>A view began, changed or ended.</summary>
public sealed record ViewEvent(TimeSpan? Timestamp, string? State, IReadOnlyList<string>? Route, ViewFields View)
    : TelescopeEvent("View", Timestamp, State, Route);

/// <summary>The stack began, grew, lost a sub or ended.</summary>
public sealed record StackEvent(TimeSpan? Timestamp, string? State, IReadOnlyList<string>? Route, StackFields Stack)
    : TelescopeEvent("Stack", Timestamp, State, Route);

/// <summary>A sub or a preview is exposed.</summary>
/// <param name="Timestamp">Time since boot.</param>
/// <param name="State">working, complete, cancel, fail.</param>
/// <param name="Route">View, Stack for a sub of the stack.</param>
/// <param name="Exposure">Length of the exposure.</param>
public sealed record ExposureEvent(TimeSpan? Timestamp, string? State, IReadOnlyList<string>? Route, TimeSpan? Exposure)
    : TelescopeEvent("Exposure", Timestamp, State, Route);

/// <summary>The arm moves home or to the horizon.</summary>
/// <param name="Name">ScopeHome or ScopeMoveToHorizon.</param>
/// <param name="Timestamp">Time since boot.</param>
/// <param name="State">working, complete …</param>
/// <param name="Route">The parents.</param>
/// <param name="Close">Whether the arm is folded.</param>
public sealed record ArmEvent(string Name, TimeSpan? Timestamp, string? State, IReadOnlyList<string>? Route, bool? Close)
    : TelescopeEvent(Name, Timestamp, State, Route);

/// <summary>Battery and temperatures; only what changed is there.</summary>
public sealed record PiStatusEvent(TimeSpan? Timestamp, PiStatusFields Status) : TelescopeEvent("PiStatus", Timestamp, null, null);

/// <summary>Who is master of the telescope.</summary>
/// <param name="Timestamp">Time since boot.</param>
/// <param name="IsMaster">Whether this connection is.</param>
public sealed record ClientEvent(TimeSpan? Timestamp, bool? IsMaster) : TelescopeEvent("Client", Timestamp, null, null);

/// <summary>Any other event, as it came.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Timestamp">Time since boot.</param>
/// <param name="State">working, complete …</param>
/// <param name="Route">The parents.</param>
/// <param name="Json">The whole object.</param>
public sealed record OtherEvent(string Name, TimeSpan? Timestamp, string? State, IReadOnlyList<string>? Route, JsonElement Json)
    : TelescopeEvent(Name, Timestamp, State, Route);
