namespace SeestarAlpaca.Seestar.Session;

/// <summary>How a connection to one of the telescope's ports is.</summary>
public enum LinkPhase
{
    /// <summary>Not wanted.</summary>
    Released,

    /// <summary>Being opened for the first time, or again after a success.</summary>
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
/// <param name="Problem">What went wrong, as a sentence; null when nothing did.</param>
public sealed record LinkStatus(LinkPhase Phase, DateTimeOffset Since, string? Problem = null);
