namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// Knows which stack this session has begun: the first that begins after its command. Any doubt makes it somebody else's, since those are never touched.
/// </summary>
/// <remarks>Guarded by the session's lock.</remarks>
internal sealed class OwnStacks(TimeProvider time)
{
    /// <summary>How long after the command a stack may begin: the first one takes darks and focuses before (<c>seestar-protocol.md</c> §3.8).</summary>
    private static readonly TimeSpan LongestBeginning = TimeSpan.FromMinutes(3);

    private long? _asked;
    private long? _epoch;

    /// <summary>Whether the stack of an epoch is the session's.</summary>
    public bool Owns(long epoch) => _epoch == epoch;

    /// <summary>A stack is being begun.</summary>
    public void Begin() => (_asked, _epoch) = (time.GetTimestamp(), null);

    /// <summary>Nothing that goes on, or begins, is the session's.</summary>
    public void Forget() => (_asked, _epoch) = (null, null);

    /// <summary>Follows what becomes known.</summary>
    public void Note(TelescopeObservation before, TelescopeObservation after)
    {
        if (_asked is not { } asked || before.IsStacking || !after.IsStacking)
        {
            return;
        }

        (_asked, _epoch) = (null, time.GetElapsedTime(asked) <= LongestBeginning ? after.Epoch : null);
    }
}
