using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Time;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>
/// Tells events to everybody who listens (<c>seestar-protocol.md</c> §3.7). To be used within the <see cref="Agenda"/>.
/// </summary>
/// <param name="agenda">The present moment.</param>
/// <param name="random">Spreads the stamps of events that happen together by 0.3 to 1.2 ms, as captured.</param>
/// <param name="faults">Asked what is told in place of an event.</param>
internal sealed class EventHub(Agenda agenda, Random random, IFaults faults)
{
    private const int LeastGap = 300_000;
    private const int MostGap = 1_200_000;

    /// <summary>From switching on to the first event.</summary>
    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(25);

    private readonly List<Action<byte[]>> _listeners = [];
    private TimeSpan _bootedAt;
    private long _last;

    /// <summary>Adds a listener, which gets whole lines with CRLF and must not wait.</summary>
    public void Listen(Action<byte[]> listener) => _listeners.Add(listener);

    /// <summary>Removes a listener.</summary>
    public void Leave(Action<byte[]> listener) => _listeners.Remove(listener);

    /// <summary>Tells an event.</summary>
    /// <param name="name">The value of <c>Event</c>.</param>
    /// <param name="members">What follows the stamp.</param>
    public void Emit(string name, WireObject members)
    {
        foreach (var line in faults.Events(Event(name, members)).Select(WireText.Line))
        {
            foreach (var listener in _listeners.ToArray())
            {
                listener(line);
            }
        }
    }

    /// <summary>Stamps begin anew, as after switching on.</summary>
    public void Restart() => (_bootedAt, _last) = (agenda.Now - BootTime, 0);

    /// <summary>An event with the stamp of this moment.</summary>
    public WireObject Event(string name, WireObject members)
    {
        _last = Math.Max(Nanoseconds + random.Next(1000), _last + random.Next(LeastGap, MostGap));
        return new WireObject { ["Event"] = name, ["Timestamp"] = Clock.Format(_last) }.With(members);
    }

    /// <summary>The stamp of a reply: this moment.</summary>
    public string Stamp() => Clock.Format(Nanoseconds);

    private long Nanoseconds => (agenda.Now - _bootedAt).Ticks * TimeSpan.NanosecondsPerTick;
}
