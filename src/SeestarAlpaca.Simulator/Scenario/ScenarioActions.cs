using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Scenario;

/// <summary>What a scenario can do besides faults. Each begins at once; those with <c>minutes</c> then take their time.</summary>
internal static class ScenarioActions
{
    private static readonly Parameter Minutes = Parameter.Number("minutes", "simulated minutes until it is so", 0, 0, 100_000);
    private static readonly Parameter Name = Parameter.Text("name", "the target", "M 81");
    private static readonly Parameter Hours = Parameter.Number("ra", "right ascension of date in hours", 9.925881, 0, 23.999999);
    private static readonly Parameter Degrees = Parameter.Number("dec", "declination of date in degrees", 69.065295, -90, 90);

    private static readonly IReadOnlyList<(DirectiveKind Kind, Action<Directive, SeestarSimulator, Telescope> Do)> All =
    [
        (new("clouds", "Clouds dim the stars, unevenly, and brighten the sky; where too few stars are left, subs are rejected (263).",
                Parameter.Number("cover", "share of the light that they take on average", 0.6, 0, 1), Minutes),
            (action, _, telescope) => telescope.Weather.Cloud(action.Number("cover"), Over(action))),
        (new("clear", "The clouds go.", Minutes), (action, _, telescope) => telescope.Weather.Cloud(0, Over(action))),
        (new("trail", "Something draws a line through the next sub, and through no other.", Parameter.Choice("kind", "what", "satellite", "plane")),
            (action, _, telescope) => telescope.Weather.Cross(action["kind"] == "plane" ? TrailKind.Plane : TrailKind.Satellite)),
        (new("focus", "The focus drifts; 1 is in focus.", Parameter.Number("factor", "width of stars against that in focus", 1, 1, 10), Minutes),
            (action, _, telescope) => telescope.Weather.Defocus(action.Number("factor"), Over(action))),
        (new("dew", "Dew dims the stars and gives them halos; 0 is dry.", Parameter.Number("amount", "from 0 to 1", 0.5, 0, 1), Minutes),
            (action, _, telescope) => telescope.Weather.Bedew(action.Number("amount"), Over(action))),
        (new("rotation", "The field turns while a sub is exposed, so that stars become arcs, longer further out.",
                Parameter.Number("rate", "degrees in an hour; 0 is off", 15, -3600, 3600)),
            (action, _, telescope) => telescope.Weather.Rotate(action.Number("rate"))),
        (new("wind", "The telescope shakes; where stars become trails, subs are rejected (530).",
                Parameter.Number("pixels", "how far within one sub", 10, 0, 100), Parameter.Number("minutes", "simulated minutes it lasts", 1, 0, 100_000)),
            (action, _, telescope) => telescope.Weather.Shake(action.Number("pixels"), Over(action))),
        (new("view", "Somebody opens the star view; with a name, after going to a target.", Name, Hours, Degrees),
            (action, simulator, _) => simulator.StartView(action.Has("name") ? Target(action) : null)),
        (new("stack", "Somebody starts stacking.", Parameter.Choice("restart", "whether a new stack begins", "yes", "no")),
            (action, simulator, _) => simulator.StartStack(action["restart"] == "yes")),
        (new("stop-stack", "Somebody ends the stack."), (_, simulator, _) => simulator.StopStack()),
        (new("stop-view", "Somebody ends the view."), (_, simulator, _) => simulator.StopView()),
        (new("scenery", "Somebody opens the scenery view."), (_, simulator, _) => simulator.StartScenery()),
        (new("solar", "Somebody opens a view of the solar system.", Parameter.Choice("what", "the target", "sun", "moon", "planet")),
            (action, simulator, _) => simulator.StartSolarSystem(action["what"])),
        (new("arm", "Somebody folds or unfolds the arm.", Parameter.Choice("to", "how", "close", "open")),
            (action, simulator, _) => (action["to"] == "close" ? (Action)simulator.CloseArm : simulator.OpenArm)()),
        (new("target", "Somebody goes to another target and stacks it.", Name, Hours, Degrees), Also("goto")),
        (new("lost", "The connection is lost for some time.", Parameter.Number("seconds", "simulated seconds", 20, 0, 1_000_000)), Also("lost-connection")),
        (new("battery", "The battery is nearly empty.",
                Parameter.Whole("percent", "what is left", 3, 0, 100), Parameter.Number("shutdown", "simulated seconds until it switches itself off; 0 for never", 0, 0, 1_000_000)),
            Also("low-battery")),
        (new("reboot", "The telescope restarts.", Parameter.Number("seconds", "simulated seconds off", 40, 0, 1_000_000)), Also("reboot")),
    ];

    /// <summary>What there is.</summary>
    public static IReadOnlyList<DirectiveKind> Known { get; } = [.. All.Select(action => action.Kind)];

    /// <summary>Does an action, within the agenda.</summary>
    public static void Do(Directive action, SeestarSimulator simulator, Telescope telescope) =>
        telescope.Agenda.Enter(() => All.Single(known => known.Kind == action.Kind).Do(action, simulator, telescope));

    private static TimeSpan Over(Directive action) => TimeSpan.FromMinutes(action.Number("minutes"));

    private static SkyTarget Target(Directive action) => new(action["name"], action.Number("ra"), action.Number("dec"));

    /// <summary>An action that is a fault under a plainer name.</summary>
    private static Action<Directive, SeestarSimulator, Telescope> Also(string fault) => (action, simulator, _) =>
        simulator.Faults.Inject(Directive.Of(
            FaultControl.Known, "fault", fault, action.Kind.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, action[parameter.Name]))));
}
