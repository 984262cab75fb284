using System.Diagnostics.CodeAnalysis;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>
/// Runs device calls that may wait for hardware, each on a thread of its own, so that the few threads of the pool stay free for status reads
/// and downloads: connecting takes up to 3 s, and a pool of two threads grows by about one a second only.
/// </summary>
/// <remarks>Thread safe. Calls beyond the limit wait their turn without a thread.</remarks>
/// <param name="limit">Calls at once; default 64, far beyond what real clients do.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Without its wait handle there is nothing to release.")]
internal sealed class BlockingCalls(int limit = 64)
{
    private readonly SemaphoreSlim _room = new(limit);

    /// <summary>Runs the call and waits for its end.</summary>
    /// <param name="cancellationToken">Ends waiting for a turn; a call that has begun is never abandoned, since its outcome counts.</param>
    public async Task<T> RunAsync<T>(Func<T> call, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(
                call,
                CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Action call, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                call();
                return true;
            },
            cancellationToken);
}
