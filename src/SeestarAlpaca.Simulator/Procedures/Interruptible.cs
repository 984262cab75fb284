using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Something that runs at most once at a time and can be broken off. To be used within the agenda.</summary>
internal sealed class Interruptible(Telescope telescope)
{
    private CancellationTokenSource? _stop;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _stop is not null;

    /// <summary>Begins.</summary>
    /// <param name="work">What is done. Broken off, it ends by an <see cref="OperationCanceledException"/>.</param>
    /// <param name="brokenOff">Tells that it was broken off; null where nothing is told.</param>
    /// <returns>False if it runs already.</returns>
    public bool TryBegin(Func<CancellationToken, Task> work, Action? brokenOff = null)
    {
        if (IsRunning)
        {
            return false;
        }

        _stop = CancellationTokenSource.CreateLinkedTokenSource(telescope.Lifetime);
        telescope.Begin(() => RunAsync(work, brokenOff, _stop));
        return true;
    }

    /// <summary>Breaks it off, if it runs.</summary>
    public void Stop() => _stop?.Cancel();

    private async Task RunAsync(Func<CancellationToken, Task> work, Action? brokenOff, CancellationTokenSource stop)
    {
        try
        {
            await work(stop.Token);
        }
        catch (OperationCanceledException) when (!telescope.Lifetime.IsCancellationRequested)
        {
            brokenOff?.Invoke();
        }
        finally
        {
            _stop = null;
            stop.Dispose();
        }
    }
}
