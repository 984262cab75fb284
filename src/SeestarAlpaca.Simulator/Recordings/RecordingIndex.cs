using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Recording;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>A whole frame in a recording.</summary>
/// <param name="Connection">The connection it came on, whose records hold its payload.</param>
/// <param name="At">Where the record of its header begins.</param>
/// <param name="Header">What its header says.</param>
internal sealed record RecordedFrame(uint Connection, long At, FrameHeader Header);

/// <summary>What the telescope does by itself at a moment: tells an event, or pushes a frame.</summary>
/// <param name="Time">Since the first connection of the recording.</param>
/// <param name="Event">Where the event's line is; null for a frame.</param>
/// <param name="Frame">The frame; null for an event.</param>
/// <param name="Port">Which port it is on.</param>
internal readonly record struct Moment(TimeSpan Time, RecordPlace? Event, RecordedFrame? Frame, RecordedPort Port);

/// <summary>Things of which one counts from some time on, until the next one does.</summary>
internal sealed class Succession<T>
{
    private readonly List<(TimeSpan From, T Value)> _values = [];

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>Adds one; in the order of times, an earlier time counts as that of the one before.</summary>
    public void Add(TimeSpan from, T value) => _values.Add((_values is [.., var last] && last.From > from ? last.From : from, value));

    /// <summary>The one that counts at a time; before the first, that or none.</summary>
    /// <param name="time">When.</param>
    /// <param name="orFirst">Whether the first one counts from the beginning.</param>
    /// <param name="value">The one.</param>
    public bool TryGet(TimeSpan time, bool orFirst, out T value)
    {
        var low = CountUntil(time);
        var found = low > 0 || (orFirst && _values.Count > 0);
        value = found ? _values[Math.Max(0, low - 1)].Value : default!;
        return found;
    }

    /// <summary>
    /// The one that tells best of a time: the one that counts then, unless something changed since and nothing changes until the next one; before the
    /// first, that one.
    /// </summary>
    /// <param name="time">When.</param>
    /// <param name="changes">The times of changes.</param>
    /// <param name="value">The one.</param>
    public bool TryGetNearest(TimeSpan time, Succession<int> changes, out T value)
    {
        var next = CountUntil(time);
        var isOutdated = next > 0 && changes.CountUntil(_values[next - 1].From) < changes.CountUntil(time);
        var isNextTrue = next < _values.Count && changes.CountUntil(_values[next].From) == changes.CountUntil(time);
        return TryGet(isOutdated && isNextTrue ? _values[next].From : time, orFirst: true, out value);
    }

    /// <summary>How many there are from the first up to a time.</summary>
    public int CountUntil(TimeSpan time)
    {
        var (low, high) = (0, _values.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _values[middle].From <= time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>
/// What is where in a recording: of each event, reply and frame the place, not the bytes. Times count from the first connection to the telescope.
/// </summary>
internal sealed class RecordingIndex
{
    /// <summary>What the telescope does by itself, in the order of time.</summary>
    public IReadOnlyList<Moment> Moments { get; set; } = [];

    /// <summary>The lines with which new control connections were greeted.</summary>
    public Succession<RecordPlace> Greetings { get; } = new();

    /// <summary>Replies by method, and by method and parameters.</summary>
    public Dictionary<string, Succession<RecordPlace>> Replies { get; } = [];

    /// <summary>When events told that the view or its stack had changed.</summary>
    public Succession<int> Changes { get; } = new();

    /// <summary>Methods that were asked for, answered or not.</summary>
    public HashSet<string> Asked { get; } = [];

    /// <summary>Stacks by port, each from when on the telescope had it.</summary>
    public Dictionary<RecordedPort, Succession<RecordedFrame>> Stacks { get; } = [];

    /// <summary>Single pictures that were asked for, by port.</summary>
    public Dictionary<RecordedPort, Succession<RecordedFrame>> Subs { get; } = [];

    /// <summary>Ports that somebody had connected to.</summary>
    public HashSet<RecordedPort> Ports { get; } = [];

    /// <summary>How many telescopes were recorded; the first one is played.</summary>
    public int Telescopes { get; set; }

    /// <summary>From the first connection to the last record.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Bytes that the recording says were left out.</summary>
    public long LeftOut { get; set; }

    /// <summary>Whether the recording was ended in an orderly way.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Why the rest of the file is not played; null if it is.</summary>
    public string? Damage { get; set; }

    /// <summary>What a request is known by.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters as they are written; null for any.</param>
    public static string Key(string method, string? parameters) => parameters is null ? method : $"{method} {parameters}";
}
