using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// Judges stacks where there are no events: only a picture that changes from one poll to the next is known to be of a stack at work; one that has
/// changed since a poll long ago may be last night's.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lately">How long ago the poll before may have been.</param>
internal sealed class PolledStacks(TimeProvider time, TimeSpan lately)
{
    private long? _answeredAt;

    /// <summary>Whether a picture is another one than the one that is held.</summary>
    /// <param name="held">The newest picture; null before the first.</param>
    /// <param name="polled">What the telescope has sent now.</param>
    /// <param name="grows">Whether it is known to have changed lately.</param>
    public bool IsNew(RgbImage? held, RgbImage polled, out bool grows)
    {
        grows = _answeredAt is { } last && time.GetElapsedTime(last) <= lately;
        _answeredAt = time.GetTimestamp();
        return held is null || !held.Samples.SequenceEqual(polled.Samples);
    }

    /// <summary>The telescope has no stack: the next one that it has was begun after this.</summary>
    public void NothingThere() => _answeredAt = time.GetTimestamp();
}
