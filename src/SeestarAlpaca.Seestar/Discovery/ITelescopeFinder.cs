namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>One way of finding telescopes. Safe for concurrent use; every search is on its own.</summary>
public interface ITelescopeFinder
{
    /// <summary>Searches, and yields what it finds as it finds it, each address once. To find nothing is no error.</summary>
    /// <param name="duration">How long to wait for answers at most, positive; the sequence ends then, or earlier when nothing more can come.</param>
    /// <param name="cancellationToken">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, CancellationToken cancellationToken);
}
