using System.Globalization;

namespace SeestarAlpaca.Simulator.Time;

/// <summary>Simulated time: boot time + elapsed × scale. Thread safe.</summary>
/// <param name="time">Real time.</param>
/// <param name="scale">Simulated seconds in one second.</param>
internal sealed class Clock(TimeProvider time, double scale)
{
    /// <summary>How long the telescope had been on when the simulation began.</summary>
    public static readonly TimeSpan Uptime = TimeSpan.FromMinutes(5);

    private readonly long _started = time.GetTimestamp();
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private long _heldBackTicks;

    /// <summary>Time since boot.</summary>
    public TimeSpan Now => Uptime + (time.GetElapsedTime(_started) * scale) - TimeSpan.FromTicks(Interlocked.Read(ref _heldBackTicks));

    /// <summary>The date and time of a moment.</summary>
    /// <param name="sinceBoot">Time since boot.</param>
    public DateTimeOffset Date(TimeSpan sinceBoot) => _startedAt + sinceBoot - Uptime;

    /// <summary>How long to wait, in real time, for simulated time to pass.</summary>
    public TimeSpan Real(TimeSpan simulated) => simulated / scale;

    /// <summary>Sets simulated time back, because the machine did not keep up with it.</summary>
    public void HoldBack(TimeSpan by) => Interlocked.Add(ref _heldBackTicks, by.Ticks);

    /// <summary>Seconds since boot with nine decimals, as telescopes print them (<c>seestar-protocol.md</c> §3.1).</summary>
    /// <param name="nanoseconds">Nanoseconds since boot.</param>
    public static string Format(long nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000}.{nanoseconds % 1_000_000_000:000000000}");
}
