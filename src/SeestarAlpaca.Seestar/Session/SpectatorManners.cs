namespace SeestarAlpaca.Seestar.Session;

/// <summary>How a telescope treats a connection to its control port that is not verified (<c>seestar-protocol.md</c> §3.4, §11.2).</summary>
public enum SpectatorTreatment
{
    /// <summary>Not found out yet.</summary>
    Unknown,

    /// <summary>Heartbeats are answered.</summary>
    Answered,

    /// <summary>Heartbeats are ignored and in the end reset the connection.</summary>
    IgnoredThenReset,

    /// <summary>A silent connection is kept.</summary>
    SilentKept,

    /// <summary>A silent connection is closed after the idle limit.</summary>
    SilentClosed,
}

/// <summary>
/// Learns how a spectator is treated and behaves accordingly: sends heartbeats until that gets the connection closed unanswered, from then on only
/// listens, and never reconnects faster than the idle limit. Pure.
/// </summary>
/// <param name="Treatment">What has been learnt.</param>
public readonly record struct SpectatorManners(SpectatorTreatment Treatment)
{
    /// <summary>The telescope closes silent connections after about this time (<c>seestar-protocol.md</c> §3.2).</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(16);

    private static readonly TimeSpan Early = IdleLimit - TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Late = IdleLimit * 1.5;

    /// <summary>The manners once a heartbeat was answered, whatever was known before.</summary>
    public static SpectatorManners Answered { get; } = new(SpectatorTreatment.Answered);

    /// <summary>Whether to send heartbeats, and the question for a challenge.</summary>
    public bool MaySend => Treatment is SpectatorTreatment.Unknown or SpectatorTreatment.Answered;

    /// <summary>A connection has lasted for a time without a word from us.</summary>
    public SpectatorManners Lasted(TimeSpan duration) => !MaySend && duration > Late ? new(SpectatorTreatment.SilentKept) : this;

    /// <summary>The telescope ended a connection.</summary>
    /// <param name="duration">How long it had lasted.</param>
    /// <param name="ignored">Whether heartbeats had been sent and none was answered.</param>
    public SpectatorManners Closed(TimeSpan duration, bool ignored) => (MaySend, Treatment) switch
    {
        (true, SpectatorTreatment.Unknown) when ignored => new(SpectatorTreatment.IgnoredThenReset),
        (false, not SpectatorTreatment.SilentKept) when duration <= Late => new(SpectatorTreatment.SilentClosed),
        _ => this,
    };

    /// <summary>Whether a connection that ended after a time was closed by the idle limit, as was to be expected.</summary>
    public bool IsIdleLimit(TimeSpan duration) => Treatment == SpectatorTreatment.SilentClosed && duration >= Early && duration <= Late;

    /// <summary>How long to wait before connecting again.</summary>
    /// <param name="duration">How long the last connection had lasted.</param>
    public static TimeSpan Pause(TimeSpan duration) => duration >= IdleLimit ? TimeSpan.FromSeconds(1) : IdleLimit - duration;
}
