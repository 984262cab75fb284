using System.Collections.Concurrent;

namespace SeestarAlpaca.Conformance.Http;

/// <summary>How often a member was called and how long it took, against ConformU's target (alpaca-camera.md §10).</summary>
/// <param name="Call">Verb and member.</param>
/// <param name="Target">What ConformU asks for.</param>
/// <param name="Missed">How many calls took longer.</param>
internal sealed record Timing(string Call, TimeSpan Target, int Count, TimeSpan Median, TimeSpan Longest, int Missed);

/// <summary>Times of all calls of a run. Safe for several threads.</summary>
internal sealed class Timings
{
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Standard = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Extended = TimeSpan.FromSeconds(600);

    private readonly ConcurrentDictionary<(string Verb, string Member), ConcurrentBag<TimeSpan>> _calls = new();

    /// <summary>ConformU's target for a call.</summary>
    public static TimeSpan Target(string verb, string member) => (verb, member) switch
    {
        (_, "imagearray" or "imagearrayvariant") => Extended,
        ("GET", "gainmin" or "gainmax") => Standard,
        ("GET", _) => Fast,
        _ => Standard,
    };

    public void Add(string verb, string member, TimeSpan elapsed) => _calls.GetOrAdd((verb, member), _ => []).Add(elapsed);

    /// <summary>One line for each call, in the order of their names.</summary>
    public IReadOnlyList<Timing> ToList() =>
    [
        .. _calls.OrderBy(entry => entry.Key.Member, StringComparer.Ordinal).ThenBy(entry => entry.Key.Verb, StringComparer.Ordinal).Select(entry =>
        {
            var times = entry.Value.Order().ToArray();
            var target = Target(entry.Key.Verb, entry.Key.Member);
            return new Timing(
                $"{entry.Key.Verb} {entry.Key.Member}", target, times.Length, times[times.Length / 2], times[^1], times.Count(t => t > target));
        }),
    ];
}
