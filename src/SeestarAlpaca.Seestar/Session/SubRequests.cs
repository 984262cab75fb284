namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// Decides when the newest single exposure is asked for while the telescope stacks: once for each exposure, one transfer at a time. Outlives
/// connections. Waits for nothing itself. In the live view exposures are pushed, see <see cref="PreviewStream"/>.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed class SubRequests(FrameDemand demand, TimeProvider time)
{
    private readonly Lock _gate = new();
    private StackRequest? _asked;
    private bool _answering;
    private StackMark? _fetched;

    /// <summary>On a new connection nothing is under way.</summary>
    public void Reconnected()
    {
        lock (_gate)
        {
            (_asked, _answering) = (null, false);
        }
    }

    /// <summary>How long to wait before asking: zero for now, null until something changes.</summary>
    /// <exception cref="IOException">The last request was never answered.</exception>
    public TimeSpan? Wait(in FetchBasis basis)
    {
        lock (_gate)
        {
            if (_asked is not null)
            {
                var left = StackRequests.AnswerTimeout - time.GetElapsedTime(_asked.AskedAt);
                return _answering ? null
                    : left > TimeSpan.Zero ? left
                    : throw new IOException($"The telescope has not sent the exposure that it was asked for {StackRequests.AnswerTimeout.TotalSeconds:F0} s ago.");
            }

            return demand.Wants(FrameWish.Subs) && basis.Telescope.AnnouncedSub is { } mark && mark != _fetched ? TimeSpan.Zero : null;
        }
    }

    /// <summary>The newest exposure is being asked for.</summary>
    public void Asked(in FetchBasis basis)
    {
        lock (_gate)
        {
            (_asked, _answering) = (new StackRequest(basis, time.GetTimestamp()), false);
        }
    }

    /// <summary>The exposure begins to arrive. However long that takes, it is an answer.</summary>
    public void Answering()
    {
        lock (_gate)
        {
            _answering = true;
        }
    }

    /// <summary>Ends the request under way; without a usable picture, too, the next exposure is the next reason to ask.</summary>
    /// <returns>What was asked; null when nothing was.</returns>
    public StackRequest? Answered()
    {
        lock (_gate)
        {
            (var request, _asked, _answering) = (_asked, null, false);
            _fetched = request is null ? _fetched : request.Basis.Telescope.AnnouncedSub;
            return request;
        }
    }
}
