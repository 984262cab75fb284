namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>An exposure whose state follows from the time that has passed.</summary>
internal sealed class FakeExposure(FakeFrame frame, TimeSpan duration, TimeProvider time)
{
    /// <summary>From the end of the exposure until the image is there.</summary>
    private static readonly TimeSpan Readout = TimeSpan.FromMilliseconds(20);

    private readonly long _began = time.GetTimestamp();
    private TimeSpan? _stopped;

    public FakeFrame Frame => frame;

    public DateTimeOffset Began { get; } = time.GetUtcNow();

    /// <summary>Seconds that were asked for.</summary>
    public TimeSpan Asked => duration;

    /// <summary>Seconds really exposed.</summary>
    public TimeSpan Exposed => _stopped ?? duration;

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public int State => Elapsed < Exposed ? 2 : Elapsed < Exposed + Readout ? 3 : 0;

    public bool IsReady => State == 0;

    public int Percent => duration == TimeSpan.Zero ? 100 : (int)Math.Clamp(100 * (Elapsed / duration), 0, 100);

    public void Stop() => _stopped ??= State == 2 ? Elapsed : duration;
}

/// <summary>Bin and subframe.</summary>
internal sealed record FakeFrame(int BinX, int BinY, int StartX, int StartY, int NumX, int NumY);
