namespace SeestarAlpaca.Seestar.Session;

/// <summary>A stack that was asked for.</summary>
/// <param name="Basis">What was known then.</param>
/// <param name="AskedAt">When, as a timestamp of the clock.</param>
internal sealed record StackRequest(FetchBasis Basis, long AskedAt);

/// <summary>
/// Decides when the stack is asked for, one transfer at a time, and knows which request an answer belongs to. Outlives connections, so that a stack
/// that was fetched is not fetched again. Waits for nothing itself.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed class StackRequests(FrameDemand demand, TimeProvider time)
{
    /// <summary>How long to wait after an answer without a usable picture.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    /// <summary>So many answers without a picture, and only the next event is a reason to ask again.</summary>
    public const int MaxTries = 3;

    /// <summary>A telescope that has not begun to answer after this time is not going to.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(120);

    private readonly Lock _gate = new();
    private StackRequest? _asked;
    private bool _answering;
    private StackMark? _fetched;
    private StackMark? _tried;
    private int _tries;
    private long? _triedAt;
    private long? _lastEnd;
    private TimeSpan _lastTook;

    /// <summary>On a new connection nothing is under way.</summary>
    public void Reconnected()
    {
        lock (_gate)
        {
            (_asked, _answering) = (null, false);
        }
    }

    /// <summary>How long to wait before asking: zero for now, null until something changes.</summary>
    /// <exception cref="IOException">
    /// The last request was never answered. Another one on the same connection could be taken for it.
    /// </exception>
    public TimeSpan? Wait(in FetchBasis basis)
    {
        lock (_gate)
        {
            if (_asked is not null)
            {
                var left = AnswerTimeout - time.GetElapsedTime(_asked.AskedAt);
                return _answering ? null
                    : left > TimeSpan.Zero ? left
                    : throw new IOException($"The telescope has not sent the stack that it was asked for {AnswerTimeout.TotalSeconds:F0} s ago.");
            }

            var wait = StackFetchPolicy.Delay(new FetchSituation(
                demand.WantsStacks,
                demand.Wants(FrameWish.EveryStack),
                basis.Telescope.Announced,
                _fetched,
                basis.CatchUp,
                basis.Polled,
                _lastEnd is { } end ? time.GetElapsedTime(end) : TimeSpan.MaxValue,
                _lastTook));
            var retry = _triedAt is { } tried ? RetryPause - time.GetElapsedTime(tried) : TimeSpan.Zero;
            return wait < retry ? retry : wait;
        }
    }

    /// <summary>The stack is being asked for.</summary>
    public void Asked(in FetchBasis basis)
    {
        lock (_gate)
        {
            (_asked, _answering) = (new StackRequest(basis, time.GetTimestamp()), false);
        }
    }

    /// <summary>A stack begins to arrive. However long that takes, it is an answer.</summary>
    public void Answering()
    {
        lock (_gate)
        {
            _answering = true;
        }
    }

    /// <summary>Ends the request under way.</summary>
    /// <param name="delivered">Whether a whole stack came.</param>
    /// <param name="settled">Whether the question is answered: by a stack, or by enough answers without one.</param>
    /// <returns>What was asked; null when nothing was.</returns>
    public StackRequest? Answered(bool delivered, out bool settled)
    {
        lock (_gate)
        {
            (var request, _asked, _answering, settled) = (_asked, null, false, delivered);
            if (request is null)
            {
                return null;
            }

            var mark = request.Basis.Telescope.Announced;
            _tries = mark == _tried ? _tries + 1 : 1;
            _tried = mark;
            settled = delivered || _tries >= MaxTries;
            _triedAt = delivered ? null : time.GetTimestamp();
            if (settled)
            {
                (_fetched, _tried, _tries) = (mark, null, 0);
            }

            (_lastEnd, _lastTook) = (time.GetTimestamp(), time.GetElapsedTime(request.AskedAt));
            return request;
        }
    }
}
