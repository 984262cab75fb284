using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>The faults that strike the next lines of the control port (<c>seestar-protocol.md</c> §9, item 40).</summary>
internal static class LineFaults
{
    public static readonly DirectiveKind Split = new(
        "split-lines", "Control lines come in several segments, with pauses between.", Parameter.Count,
        Parameter.Whole("pieces", "segments of one line", 3, 2, 100),
        Parameter.Number("pause", "real seconds between two segments", 0.02, 0, 10));

    public static readonly DirectiveKind Duplicate = new("duplicate-events", "Events are told twice.", Parameter.Count);

    public static readonly DirectiveKind UnknownKeys = new("unknown-keys", "Events and replies have members that no client knows.", Parameter.Count);

    public static readonly DirectiveKind SlowVerify = new(
        "slow-verify", "get_verify_str is answered late.", Parameter.Count, Parameter.Number("seconds", "simulated seconds", 10, 0, 3600));

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<DirectiveKind> All = [Split, Duplicate, UnknownKeys, SlowVerify];

    /// <summary>The message with members of every kind that no client knows, before and after its own.</summary>
    public static WireObject WithUnknownKeys(WireObject message) => new WireObject { ["zwo_new"] = Strange() }.With(message).With(
        new WireObject { ["zwo_list"] = new object?[] { 1, "two", 3.0, null, Array.Empty<int>() }, ["zwo_null"] = null, ["zwo_text"] = "a \"quoted\" ä" });

    /// <summary>What an event that no client knows tells.</summary>
    /// <param name="number">Makes one differ from the other.</param>
    public static WireObject Strange(int number = 0) => new()
    {
        ["state"] = "perplexed",
        ["number"] = number,
        ["inner"] = new WireObject { ["deep"] = new WireObject { ["deeper"] = new object?[] { true, -1.5, null } } },
        ["route"] = new[] { "Nowhere" },
    };

    /// <summary>Cuts a line into segments of about equal length.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> line, int pieces)
    {
        var length = Math.Max(1, (line.Length + pieces - 1) / pieces);
        for (var from = 0; from < line.Length; from += length)
        {
            yield return line.Slice(from, Math.Min(length, line.Length - from));
        }
    }
}
