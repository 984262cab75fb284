namespace SeestarAlpaca.Testing;

/// <summary>
/// A clock that stands still until a test moves it; timers that fall due run inside <see cref="Advance"/>, in the order of their due times.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private const int TimestampsPerTick = 7; // odd on purpose: code that takes timestamps for ticks fails

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = start ?? DateTimeOffset.UnixEpoch;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * TimestampsPerTick;

    public override long GetTimestamp() => (GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimestampsPerTick;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (TakeDue(end) is { } timer)
        {
            timer.Run();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    /// <summary>Waits until somebody waits for a moment not later than <paramref name="within"/> from now, then moves the clock there.</summary>
    public async Task AdvanceToNextTimerAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan? wait = null;
            Task armed;
            lock (_gate)
            {
                armed = _armed.Task;
                var due = _timers.Where(t => t.Due is not null).Select(t => t.Due!.Value).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
                if (due <= _now + within)
                {
                    wait = due - _now;
                }
            }

            if (wait is { } by)
            {
                Advance(by < TimeSpan.Zero ? TimeSpan.Zero : by);
                return;
            }

            await armed.WaitAsync(cancellationToken);
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var timer = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (timer is not null)
            {
                _now = timer.Due!.Value > _now ? timer.Due.Value : _now;
                timer.Due = timer.Period > TimeSpan.Zero ? _now + timer.Period : null;
            }

            return timer;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Run() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                Period = period;
                clock._timers.Remove(this);
                clock._timers.Add(this);
                clock._armed.TrySetResult();
                clock._armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
