using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// Searches in several ways at the same time and yields each address once for each way it was found. A way that fails is
/// logged and does not stop the others. Safe for concurrent use.
/// </summary>
/// <param name="finders">The ways.</param>
/// <param name="options">How many telescopes are enough.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
public sealed partial class TelescopeDiscovery(
    IEnumerable<ITelescopeFinder> finders, DiscoveryOptions options, TimeProvider time, ILogger<TelescopeDiscovery> logger) : ITelescopeFinder
{
    private readonly IReadOnlyList<ITelescopeFinder> _finders = [.. finders];

    /// <inheritdoc/>
    public IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        MergeAsync(duration, cancellationToken).DistinctBy(telescope => (telescope.Address, telescope.Source)).Take(options.MaxFound);

    private async IAsyncEnumerable<FoundTelescope> MergeAsync(TimeSpan duration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(duration, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var found = Channel.CreateUnbounded<FoundTelescope>(new UnboundedChannelOptions { SingleReader = true });
        var work = RunAllAsync(duration, found.Writer, ending.Token);
        try
        {
            await foreach (var telescope in found.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return telescope;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync();
            await work;
        }
    }

    private async Task RunAllAsync(TimeSpan duration, ChannelWriter<FoundTelescope> found, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_finders.Select(finder => RunAsync(finder, duration, found, cancellationToken)));
        }
        finally
        {
            found.Complete();
        }
    }

    private async Task RunAsync(
        ITelescopeFinder finder, TimeSpan duration, ChannelWriter<FoundTelescope> found, CancellationToken cancellationToken)
    {
        try
        {
            // What was found in the last moment counts too: writing is not cancelled, and Take bounds what may wait.
            await foreach (var telescope in finder.FindAsync(duration, cancellationToken).Take(options.MaxFound))
            {
                found.TryWrite(telescope);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The time is over, or the caller has enough.
        }
        catch (Exception e)
        {
            Log.FinderFailed(logger, finder.GetType().Name, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Finder} could not search for telescopes; the other ways go on.", EventName = nameof(FinderFailed))]
        public static partial void FinderFailed(ILogger logger, string finder, Exception exception);
    }
}
