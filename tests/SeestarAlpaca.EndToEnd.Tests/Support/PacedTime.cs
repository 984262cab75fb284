namespace SeestarAlpaca.EndToEnd.Tests.Support;

/// <summary>A clock for the server that runs as fast as a test wants: as real time does at first, faster where a test would only wait.</summary>
internal sealed class PacedTime : TimeProvider, IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly ManualTimeProvider _clock = new(System.GetUtcNow());
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private double _speed = 1;

    public PacedTime() => _running = Task.Run(RunAsync);

    /// <summary>Seconds of the clock in one real second.</summary>
    public double Speed
    {
        set => Volatile.Write(ref _speed, value);
    }

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _clock.CreateTimer(callback, state, dueTime, period);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Step, System);
        var last = System.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var now = System.GetTimestamp();
                _clock.Advance(System.GetElapsedTime(last, now) * Volatile.Read(ref _speed));
                last = now;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
