using SeestarAlpaca.Simulator.Time;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>
/// Tells events to everybody who listens (<c>seestar-protocol.md</c> §3.7). To be used within the <see cref="Agenda"/>.
/// </summary>
/// <param name="agenda">The present moment.</param>
/// <param name="random">Spreads the stamps of events that happen together by 0.3 to 1.2 ms, as captured.</param>
internal sealed class EventHub(Agenda agenda, Random random)
{
    private const int LeastGap = 300_000;
    private const int MostGap = 1_200_000;

    private readonly List<Action<byte[]>> _listeners = [];
    private long _last;
    private long _boot;

    /// <summary>Adds a listener, which gets whole lines with CRLF and must not wait.</summary>
    public void Listen(Action<byte[]> listener) => _listeners.Add(listener);

    /// <summary>Removes a listener.</summary>
    public void Leave(Action<byte[]> listener) => _listeners.Remove(listener);

    /// <summary>Tells an event.</summary>
    /// <param name="name">The value of <c>Event</c>.</param>
    /// <param name="members">What follows the stamp.</param>
    public void Emit(string name, WireObject members)
    {
        var line = WireText.Line(Event(name, members));
        foreach (var listener in _listeners.ToArray())
        {
            listener(line);
        }
    }

    /// <summary>An event with the stamp of this moment.</summary>
    public WireObject Event(string name, WireObject members)
    {
        _last = Math.Max(Nanoseconds + random.Next(1000), _last + random.Next(LeastGap, MostGap));
        return new WireObject { ["Event"] = name, ["Timestamp"] = Clock.Format(_last) }.With(members);
    }

    /// <summary>The stamp of a reply: this moment.</summary>
    public string Stamp() => Clock.Format(Nanoseconds);

    /// <summary>The telescope has been started again: stamps begin anew.</summary>
    public void Restart()
    {
        _boot = agenda.Now.Ticks * TimeSpan.NanosecondsPerTick;
        _last = 0;
    }

    private long Nanoseconds => (agenda.Now.Ticks * TimeSpan.NanosecondsPerTick) - _boot;
}
