namespace SeestarAlpaca.Seestar.Session;

/// <summary>Names one state of one stack: which stack, and how many subs are in it.</summary>
/// <param name="Epoch">The stack's epoch, see <see cref="TelescopeObservation.Epoch"/>.</param>
/// <param name="Frames">Subs in it.</param>
public readonly record struct StackMark(long Epoch, int Frames);

/// <summary>What decides whether a stack is fetched now.</summary>
/// <param name="Wanted">Somebody wants stacks.</param>
/// <param name="Urgent">Somebody wants every one of them.</param>
/// <param name="Announced">The stack that the telescope's events tell of; null if none.</param>
/// <param name="Fetched">The stack that was fetched last; null if none.</param>
/// <param name="CatchUp">Events were missed and none has come since.</param>
/// <param name="Polled">Events are not to be had.</param>
/// <param name="SinceLast">Time since the last transfer ended; the longest there is when there was none.</param>
/// <param name="LastTook">How long the last transfer took.</param>
public readonly record struct FetchSituation(
    bool Wanted, bool Urgent, StackMark? Announced, StackMark? Fetched, bool CatchUp, bool Polled, TimeSpan SinceLast, TimeSpan LastTook);

/// <summary>
/// When to fetch a stack: after each event that announces a new one, not before three times the last transfer's duration has passed unless every
/// frame is wanted; once after missed events; at intervals only where there are no events. Pure.
/// </summary>
public static class StackFetchPolicy
{
    /// <summary>The interval of polling where there are no events.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(8);

    /// <summary>How long to wait before fetching: zero for now, null until something changes.</summary>
    public static TimeSpan? Delay(in FetchSituation situation)
    {
        if (!situation.Wanted)
        {
            return null;
        }

        var rest = situation.Urgent ? TimeSpan.Zero : situation.LastTook * 3;
        if (situation.Polled)
        {
            return Until(rest > PollInterval ? rest : PollInterval, situation.SinceLast);
        }

        var isNew = situation.Announced is { Frames: > 0 } announced && announced != situation.Fetched;
        return isNew || situation.CatchUp ? Until(rest, situation.SinceLast) : null;
    }

    private static TimeSpan Until(TimeSpan rest, TimeSpan since) => since >= rest ? TimeSpan.Zero : rest - since;
}
