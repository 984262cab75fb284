namespace SeestarAlpaca.Seestar.Tests.Wire;

/// <summary>Counts the heartbeats of a connection, so that a test can move the clock no faster than the session follows.</summary>
internal sealed class Beats
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _ended;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>A heartbeat came and, where it is answered, its answer was taken.</summary>
    public void Beat() => Change(() => _count++);

    /// <summary>No more will come.</summary>
    public void End() => Change(() => _ended = true);

    /// <summary>Waits until more than a number of heartbeats have come, or none will come any more.</summary>
    public async Task MoreThanAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_ended || _count > count)
                {
                    return;
                }

                next = _next.Task;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _next) = (_next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
