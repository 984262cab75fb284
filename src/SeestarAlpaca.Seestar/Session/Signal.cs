namespace SeestarAlpaca.Seestar.Session;

/// <summary>Tells any number of waiters that something changed. Take <see cref="Next"/> before looking, then no change is missed.</summary>
/// <remarks>Thread safe. Waiters continue on other threads than the one that pulses.</remarks>
public sealed class Signal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next pulse.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes everybody who waits.</summary>
    public void Pulse() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a pulse, or for a time to pass, whichever comes first.</summary>
    /// <param name="next">Taken before looking.</param>
    /// <param name="atMost">Null to wait for the pulse alone; zero or less returns at once. Counted in whole milliseconds, rounded up.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public static async Task WaitAsync(Task next, TimeSpan? atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        if (atMost is not { } limit)
        {
            await next.WaitAsync(cancellationToken);
        }
        else if (limit > TimeSpan.Zero)
        {
            // Timers cut off fractions of a millisecond: one that woke too early would find a rest to wait for that is no wait, again and again.
            var whole = TimeSpan.FromMilliseconds(Math.Ceiling(limit.TotalMilliseconds));
            using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(next, Task.Delay(whole, time, waited.Token));
            await waited.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
