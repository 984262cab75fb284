using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Scenario;

/// <summary>How a simulated telescope and its sky are at one moment.</summary>
/// <param name="Seconds">Simulated seconds since the start.</param>
/// <param name="Stage">What the view is mainly doing; null without a view.</param>
/// <param name="Target">The view's target; Unknown without one.</param>
/// <param name="StackedFrames">Subs in the present stack.</param>
/// <param name="DroppedFrames">Subs that were rejected.</param>
/// <param name="ArmClosed">Whether the arm is folded.</param>
/// <param name="Away">Whether the ports are closed.</param>
/// <param name="BatteryPercent">What the battery shows.</param>
/// <param name="Clouds">The share of the light that clouds take, 0 to 1.</param>
/// <param name="Focus">The width of stars against that in focus.</param>
/// <param name="Dew">Dew on the lens, 0 to 1.</param>
/// <param name="Waiting">Faults that wait for their chance, as they were written, with how often they are still to strike.</param>
/// <param name="Struck">How often each fault has struck.</param>
/// <param name="ScenarioLeft">Steps of the scenario that are still to come.</param>
public sealed record ScenarioState(
    double Seconds,
    string? Stage,
    string Target,
    int StackedFrames,
    int DroppedFrames,
    bool ArmClosed,
    bool Away,
    long BatteryPercent,
    double Clouds,
    double Focus,
    double Dew,
    IReadOnlyDictionary<string, int> Waiting,
    IReadOnlyDictionary<string, int> Struck,
    int ScenarioLeft);

/// <summary>Lets weather, people and faults happen to a simulated telescope, and tells how it is: what a script or a control page needs.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class ScenarioControl
{
    private readonly SeestarSimulator _simulator;
    private readonly Telescope _telescope;
    private readonly TimeSpan _began;
    private int _left;

    internal ScenarioControl(SeestarSimulator simulator, Telescope telescope) =>
        (_simulator, _telescope, _began) = (simulator, telescope, telescope.Agenda.Now);

    /// <summary>All actions that there are, besides <c>fault</c>.</summary>
    public static IReadOnlyList<DirectiveKind> Known => ScenarioActions.Known;

    /// <summary>How things are.</summary>
    public ScenarioState State => _telescope.Agenda.Enter(() => new ScenarioState(
        (_telescope.Agenda.Now - _began).TotalSeconds,
        _telescope.View.Stage?.Name,
        _telescope.View.TargetName,
        _telescope.Stack.Accepted,
        _telescope.Stack.Dropped,
        _telescope.Mount.ArmClosed,
        _telescope.Faults.IsAway,
        _telescope.Device.Power.Get("battery_capacity", 0L),
        _telescope.Weather.Clouds,
        _telescope.Weather.Focus,
        _telescope.Weather.Dew,
        _simulator.Faults.Waiting.GroupBy(waiting => waiting.Fault.ToString()).ToDictionary(same => same.Key, same => same.Sum(waiting => waiting.Left)),
        _simulator.Faults.Struck,
        Volatile.Read(ref _left)));

    /// <summary>Reads an action, without doing it.</summary>
    /// <param name="text"><c>ACTION [KEY:VALUE,KEY:VALUE]</c> or <c>fault NAME[=KEY:VALUE,KEY:VALUE]</c>.</param>
    /// <exception cref="FormatException">There is no such action, or an argument is wrong; the message says what would be right.</exception>
    public static Directive Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
        var arguments = parts.Length > 1 ? parts[1] : "";
        return parts[0] == "fault"
            ? FaultControl.Parse(arguments)
            : Directive.Parse([.. Known, new DirectiveKind("fault", "")], "action", parts[0], arguments);
    }

    /// <summary>Reads an action or a fault whose arguments are separate already.</summary>
    /// <param name="name">The name of either.</param>
    /// <param name="arguments">Names and values.</param>
    /// <exception cref="FormatException">There is neither, or an argument is wrong.</exception>
    public static Directive Parse(string name, IEnumerable<KeyValuePair<string, string>> arguments)
    {
        var isFault = FaultControl.Known.Any(kind => kind.Name == name);
        return Directive.Of(isFault ? FaultControl.Known : Known, isFault ? "fault" : "action", name, arguments);
    }

    /// <summary>Does an action, or lets a fault happen.</summary>
    /// <param name="text">As for <see cref="Parse(string)"/>.</param>
    /// <exception cref="FormatException">There is no such action, or an argument is wrong.</exception>
    public void Do(string text) => Do(Parse(text));

    /// <summary>Does an action, or lets a fault happen.</summary>
    /// <param name="action">One that was read here.</param>
    public void Do(Directive action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (FaultControl.Known.Contains(action.Kind))
        {
            _simulator.Faults.Inject(action);
        }
        else
        {
            ScenarioActions.Do(action, _simulator, _telescope);
        }
    }

    /// <summary>Plays a script from now on, within the agenda.</summary>
    internal async Task PlayAsync(ScenarioScript script)
    {
        var began = _telescope.Agenda.Now;
        Volatile.Write(ref _left, script.Steps.Count);
        foreach (var step in script.Steps)
        {
            var wait = began + step.At - _telescope.Agenda.Now;
            if (wait > TimeSpan.Zero)
            {
                await _telescope.Agenda.DelayAsync(wait, _telescope.Lifetime);
            }

            Do(step.Action);
            Interlocked.Decrement(ref _left);
        }
    }
}
