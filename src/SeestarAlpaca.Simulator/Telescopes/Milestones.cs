namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>Lets others wait until something is so. Thread safe.</summary>
internal sealed class Milestones
{
    private readonly Lock _gate = new();
    private readonly List<(Func<bool> Reached, TaskCompletionSource Signal)> _waiting = [];

    /// <summary>Completes once a condition holds.</summary>
    /// <param name="reached">Quick, and safe to be called from any thread.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WaitAsync(Func<bool> reached, CancellationToken cancellationToken)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (reached())
            {
                return;
            }

            _waiting.Add((reached, signal));
        }

        try
        {
            await signal.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _waiting.RemoveAll(one => one.Signal == signal);
            }
        }
    }

    /// <summary>Looks whether anything waited for has been reached; to be called after every change.</summary>
    public void Check()
    {
        lock (_gate)
        {
            foreach (var (reached, signal) in _waiting)
            {
                if (reached())
                {
                    signal.TrySetResult();
                }
            }
        }
    }
}
