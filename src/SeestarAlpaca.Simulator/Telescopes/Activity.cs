using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Time;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>
/// Something that the telescope is doing, such as View, Stack or Exposure: a part of the view state (<c>seestar-protocol.md</c> §4.3)
/// and the source of state events with <c>lapse_ms</c> and <c>route</c> (§3.7). To be used within the <see cref="Agenda"/>.
/// </summary>
internal sealed class Activity
{
    private readonly Agenda _agenda;
    private readonly EventHub _events;
    private readonly Activity? _parent;
    private readonly TimeSpan _began;
    private readonly List<Activity> _children = [];
    private TimeSpan? _ended;
    private Activity? _stage;
    private int _code;

    /// <summary>Begins, without telling it.</summary>
    /// <param name="name">The name in events and in the view state.</param>
    /// <param name="parent">What it is part of; null at the top.</param>
    /// <param name="agenda">The present moment.</param>
    /// <param name="events">Where it tells its state.</param>
    public Activity(string name, Activity? parent, Agenda agenda, EventHub events)
    {
        (Name, _parent, _agenda, _events, _began) = (name, parent, agenda, events, agenda.Now);
    }

    /// <summary>The name in events and in the view state.</summary>
    public string Name { get; }

    /// <summary>working, complete, cancel or fail.</summary>
    public string State { get; private set; } = "working";

    /// <summary>What it tells besides state, lapse and route.</summary>
    public WireObject Fields { get; init; } = [];

    /// <summary>Milliseconds since it began, until it ended.</summary>
    public long LapseMilliseconds => (long)((_ended ?? _agenda.Now) - _began).TotalMilliseconds;

    private string[] Route => _parent is null ? [] : [.. _parent.Route, _parent.Name];

    /// <summary>Begins a part, without telling it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isStage">Whether it is what is mainly going on; then it takes the place of the one before.</param>
    /// <param name="fields">What it tells besides.</param>
    public Activity Begin(string name, bool isStage, WireObject fields)
    {
        var child = new Activity(name, this, _agenda, _events) { Fields = fields };
        _children.RemoveAll(other => other.Name == name || (isStage && other == _stage));
        _children.Insert(isStage ? 0 : _children.Count, child);
        _stage = isStage ? child : _stage;
        return child;
    }

    /// <summary>Tells the present state.</summary>
    public void Tell() =>
        _events.Emit(Name, Head().With(Fields).With([KeyValuePair.Create("route", (object?)Route)]));

    /// <summary>Ends and tells it.</summary>
    /// <param name="state">complete, cancel or fail.</param>
    public void End(string state)
    {
        (State, _ended) = (state, _agenda.Now);
        Tell();
    }

    /// <summary>Ends by a failure and tells it.</summary>
    /// <param name="code">Why.</param>
    public void Fail(int code)
    {
        _code = code;
        End("fail");
    }

    /// <summary>The part of the view state: state, lapse, fields, the stage and its name, then the other parts.</summary>
    public WireObject ToWire()
    {
        var wire = Head().With(Fields);
        foreach (var child in _children)
        {
            wire[child.Name] = child.ToWire();
            if (child == _stage)
            {
                wire["stage"] = child.Name;
            }
        }

        return wire;
    }

    private WireObject Head()
    {
        var head = new WireObject { ["state"] = State };
        if (_code != 0)
        {
            head["error"] = ErrorCodes.Text(_code);
            head["code"] = _code;
        }

        head["lapse_ms"] = LapseMilliseconds;
        return head;
    }
}
