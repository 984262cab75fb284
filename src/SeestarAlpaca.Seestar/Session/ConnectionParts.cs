namespace SeestarAlpaca.Seestar.Session;

/// <summary>Runs what reads from and what writes to one connection, for as long as all of it goes on.</summary>
internal static class ConnectionParts
{
    /// <summary>How long what the telescope said last may take to be read after a write has failed.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>Runs all parts until one of them ends, closes the connection, and waits for the others to end too.</summary>
    /// <param name="connection">Closed at the end.</param>
    /// <param name="read">The part that reads. Its reason to end is the one told: a write that fails because the telescope has closed the connection
    /// says less than what the telescope said before.</param>
    /// <param name="others">The parts that write; one that ends without an error ends everything without one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends everything with an exception.</param>
    public static async Task RunAsync(
        IAsyncDisposable connection,
        Func<CancellationToken, Task> read,
        Func<CancellationToken, Task>[] others,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = read(ending.Token);
        Task[] parts = [reading, .. others.Select(part => part(ending.Token))];
        var first = await Task.WhenAny(parts);
        if (first != reading && first.Exception?.InnerException is { } and not SilentConnectionException)
        {
            await Task.WhenAny(reading, Task.Delay(LastWords, time, ending.Token));
            first = reading.IsFaulted ? reading : first;
        }

        await ending.CancelAsync();
        try
        {
            await connection.DisposeAsync();
        }
        finally
        {
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await first;
    }
}
