namespace SeestarAlpaca.Seestar.Session;

/// <summary>How a connection to one of the telescope's ports is.</summary>
public enum LinkPhase
{
    /// <summary>Not wanted.</summary>
    Released,

    /// <summary>Being opened for the first time, or again after a failure.</summary>
    Connecting,

    /// <summary>Open.</summary>
    Open,

    /// <summary>It could not be opened, or broke; it is tried again.</summary>
    Failed,

    /// <summary>The telescope has given away all its connections; it is tried again after a minute.</summary>
    AllInUse,
}

/// <summary>A connection's phase, since when, and what went wrong last.</summary>
/// <param name="Phase">How the connection is.</param>
/// <param name="Since">Since when.</param>
/// <param name="Problem">
/// What went wrong, as a sentence; null when nothing did. A connection that is tried again keeps the last problem in sight until it is open; an open
/// one tells of a damaged picture until the next one is whole.
/// </param>
public sealed record LinkStatus(LinkPhase Phase, DateTimeOffset Since, string? Problem = null)
{
    /// <summary>The status after a change.</summary>
    internal LinkStatus Next(LinkPhase phase, string? problem, DateTimeOffset now) =>
        new(phase, phase == Phase ? Since : now, phase == LinkPhase.Connecting ? problem ?? Problem : problem);
}
