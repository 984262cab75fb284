namespace SeestarAlpaca.Simulator.Connections;

/// <summary>Lets bytes through no faster than a network does, for everybody together and in real time. Thread safe.</summary>
/// <param name="bytesPerSecond">Above 0.</param>
/// <param name="time">Real time.</param>
internal sealed class Bandwidth(double bytesPerSecond, TimeProvider time)
{
    /// <summary>The largest piece that should be let through at once: more would come in jerks.</summary>
    public const int PieceLength = 16_384;

    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _free;

    /// <summary>Waits until so many bytes have gone through.</summary>
    public Task PassAsync(int bytes, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetElapsedTime(_started);
            _free = (_free > now ? _free : now) + TimeSpan.FromSeconds(bytes / bytesPerSecond);
            wait = _free - now;
        }

        return Task.Delay(wait, time, cancellationToken);
    }
}
