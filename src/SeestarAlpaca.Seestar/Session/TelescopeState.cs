namespace SeestarAlpaca.Seestar.Session;

/// <summary>The one name for how a telescope is; the same in the page, in Alpaca's errors, in events and in metrics.</summary>
public enum TelescopeStateName
{
    /// <summary>No connection can be had.</summary>
    Unreachable,

    /// <summary>The first connection is being opened.</summary>
    Connecting,

    /// <summary>The arm is folded.</summary>
    ArmClosed,

    /// <summary>The telescope turns to a target.</summary>
    Moving,

    /// <summary>The scenery view is on.</summary>
    Scenery,

    /// <summary>A Sun, Moon or planet view is on.</summary>
    SolarSystem,

    /// <summary>Darks are taken or the first focus is searched.</summary>
    Initialising,

    /// <summary>The telescope stacks, but its image connections are all in use.</summary>
    ConnectionsInUse,

    /// <summary>A stack was begun, and no sub is in it yet.</summary>
    StackStarting,

    /// <summary>The stack is at work but has not grown for long.</summary>
    StackStale,

    /// <summary>The stack is at work.</summary>
    Stacking,

    /// <summary>The stack of this view has ended.</summary>
    StackEnded,

    /// <summary>The live view is on, without a stack.</summary>
    WaitingForStack,

    /// <summary>No view is on.</summary>
    NoView,

    /// <summary>Connected, but nothing was heard yet that tells how it is.</summary>
    Listening,

    /// <summary>The server has let the telescope rest.</summary>
    Resting,
}

/// <summary>How a telescope is, and what to do about it.</summary>
/// <param name="Name">The state's name.</param>
/// <param name="Sentence">What is the case, for a stranger.</param>
/// <param name="Remedy">What to do to get a picture; empty when nothing has to be done.</param>
public sealed record TelescopeState(TelescopeStateName Name, string Sentence, string Remedy)
{
    /// <summary>Sentence and remedy in one.</summary>
    public string Text => Remedy.Length == 0 ? Sentence : $"{Sentence} {Remedy}";
}

/// <summary>
/// Tells how a telescope is from what is known of it. A table: the first row whose evidence is there wins. Pure.
/// </summary>
public static class TelescopeStates
{
    private const string StartStack = "Start stacking in the Seestar app.";

    private static readonly Row[] Rows =
    [
        new(TelescopeStateName.Resting, s => s.Events && s.Control.Phase == LinkPhase.Released && s.Telescope.ArmClosed is true,
            _ => "The telescope sleeps with its arm closed, and the server has closed its connection.", _ => "Open the arm in the Seestar app."),
        new(TelescopeStateName.Unreachable, s => Link(s).Phase == LinkPhase.Failed || (Link(s) is { Phase: LinkPhase.Connecting, Problem: not null }),
            s => $"The telescope cannot be reached: {Link(s).Problem}", _ => "Switch it on and check that it is on the same network."),
        new(TelescopeStateName.Connecting, s => Link(s).Phase == LinkPhase.Connecting || (s.Events && Link(s).Phase == LinkPhase.Released),
            _ => "The telescope is being connected.", _ => string.Empty),
        new(TelescopeStateName.ArmClosed, s => s.Telescope.ArmClosed is true,
            _ => "The telescope's arm is closed.", _ => "Open it in the Seestar app."),
        new(TelescopeStateName.Moving, s => s.Telescope.IsMoving is true,
            s => $"The telescope moves{ToTarget(s)}.", _ => "Wait until it has arrived; if it does not stack by itself then, start stacking in the Seestar app."),
        new(TelescopeStateName.Scenery, s => Works(s) && s.Telescope.Mode is "scenery",
            _ => "The telescope is in scenery mode, where it makes video and no stack.", _ => "Open the stargazing view in the Seestar app and start stacking."),
        new(TelescopeStateName.SolarSystem, s => Works(s) && s.Telescope.Mode is "solar_sys" or "sun" or "moon" or "planet",
            _ => "The telescope is in a solar system mode, where it makes video and no stack.",
            _ => "Open the stargazing view in the Seestar app and start stacking."),
        new(TelescopeStateName.Initialising, s => s.Telescope.IsInitialising is true,
            _ => "The telescope takes darks and focuses before its first stack.", _ => "Wait about a minute and a half."),
        new(TelescopeStateName.ConnectionsInUse, s => s.Image.Phase == LinkPhase.AllInUse,
            _ => "The telescope's two image connections are in use.", _ => "Close other programs that show its picture; the official app needs one of the two."),
        new(TelescopeStateName.StackStarting, s => s.Telescope is { IsStacking: true, StackedFrames: null or 0 },
            s => $"The telescope has begun a stack{OfTarget(s)}, and no exposure is in it yet{Dropped(s)}.{Trouble(s)}", _ => "Wait for the first exposure."),
        new(TelescopeStateName.StackStale, s => s.Telescope.IsStacking && s.TakenAt - s.Telescope.StackChangedAt > StaleAfter(s),
            s => $"The stack{OfTarget(s)} has not grown for {Minutes(s.TakenAt - s.Telescope.StackChangedAt!.Value)}; {Exposures(s)} in it{Dropped(s)}.{Trouble(s)}",
            _ => "Look for clouds, dew or an obstacle."),
        new(TelescopeStateName.Stacking, s => s.Telescope.IsStacking,
            s => $"The telescope stacks{Target(s)}: {Exposures(s)} in it{Dropped(s)}.{Trouble(s)}", _ => string.Empty),
        new(TelescopeStateName.Stacking, s => !s.Events && s.IsStackPresent,
            _ => "The telescope stacks; its events are not listened to.", _ => string.Empty),
        new(TelescopeStateName.StackEnded, s => s.Telescope is { StackSeenWorking: true, StackState: not null },
            s => $"The stack{OfTarget(s)} has ended; {Exposures(s)} in it.", _ => StartStack),
        new(TelescopeStateName.WaitingForStack, s => Works(s) || s.Telescope.IsLive is true,
            _ => "The telescope shows its live view and does not stack.", _ => StartStack),
        new(TelescopeStateName.NoView, s => s.Telescope.Mode is not null || s.Telescope.ViewState is not null,
            _ => "The telescope is on and shows nothing.", _ => "Choose a target in the Seestar app and start stacking."),
        new(TelescopeStateName.Listening, _ => true,
            s => s.Events
                ? "The telescope is connected; nothing was heard yet that tells what it does."
                : "The telescope's pictures are polled; none has changed yet.",
            _ => "While it stacks, it tells so with each exposure; otherwise start stacking in the Seestar app."),
    ];

    /// <summary>How the telescope is.</summary>
    public static TelescopeState Of(SessionSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var row = Array.Find(Rows, row => row.Holds(snapshot))!;
        return new TelescopeState(row.Name, row.Sentence(snapshot) + Mastership(snapshot), row.Remedy(snapshot));
    }

    /// <summary>A stack is stale when it has not grown for five subs, and for three minutes at least.</summary>
    private static TimeSpan StaleAfter(SessionSnapshot snapshot)
    {
        var five = 5 * (snapshot.Telescope.SubExposure ?? TimeSpan.Zero);
        return five > TimeSpan.FromMinutes(3) ? five : TimeSpan.FromMinutes(3);
    }

    private static LinkStatus Link(SessionSnapshot snapshot) => snapshot.Events ? snapshot.Control : snapshot.Image;

    /// <summary>We never ask for it, and whoever holds the app in hand should know.</summary>
    private static string Mastership(SessionSnapshot snapshot) =>
        snapshot.Telescope.IsMaster is true ? " It has made this server its master, unasked; the Seestar app can take that back." : string.Empty;

    private static bool Works(SessionSnapshot snapshot) => snapshot.Telescope.ViewState == "working";

    private static string Target(SessionSnapshot snapshot, string before = " ") =>
        snapshot.Telescope.TargetName is { Length: > 0 } target ? $"{before}{target}" : string.Empty;

    private static string OfTarget(SessionSnapshot snapshot) => Target(snapshot, " of ");

    private static string ToTarget(SessionSnapshot snapshot) => Target(snapshot, " to ");

    private static string Exposures(SessionSnapshot snapshot) =>
        snapshot.Telescope.StackedFrames is 1 ? "1 exposure is" : $"{snapshot.Telescope.StackedFrames} exposures are";

    private static string Dropped(SessionSnapshot snapshot) => snapshot.Telescope.DroppedFrames switch
    {
        1 => ", 1 was rejected",
        > 1 and var dropped => $", {dropped} were rejected",
        _ => string.Empty,
    };

    /// <summary>A telescope that stacks may still not bring its pictures across.</summary>
    private static string Trouble(SessionSnapshot snapshot) => snapshot.Image switch
    {
        { Problem: not null and var problem, Phase: LinkPhase.Open } => $" {problem}",
        { Problem: not null and var problem, Phase: LinkPhase.Failed or LinkPhase.Connecting } => $" Its pictures do not come through: {problem}",
        _ => string.Empty,
    };

    private static string Minutes(TimeSpan time) => time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:F0} seconds" : $"{time.TotalMinutes:F0} minutes";

    private sealed record Row(
        TelescopeStateName Name, Func<SessionSnapshot, bool> Holds, Func<SessionSnapshot, string> Sentence, Func<SessionSnapshot, string> Remedy);
}
