using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

public class TelescopeDiscoveryTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeLogger _logger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Telescopes_come_as_they_are_found_whichever_way_finds_them()
    {
        var (slow, fast) = (new FakeFinder(), new FakeFinder());
        await using var found = Discovery(slow, fast).FindAsync(Duration, Token).GetAsyncEnumerator(Token);

        var first = found.MoveNextAsync().AsTask();
        fast.Finds("10.0.0.2", TelescopeSource.Scan);
        await first;
        var fromFast = found.Current;
        var second = found.MoveNextAsync().AsTask();
        slow.Finds("10.0.0.3", TelescopeSource.Mdns);
        await second;
        var fromSlow = found.Current;

        Assert.Equal(("10.0.0.2", TelescopeSource.Scan), (fromFast.Address.Host, fromFast.Source));
        Assert.Equal(("10.0.0.3", TelescopeSource.Mdns), (fromSlow.Address.Host, fromSlow.Source));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_telescope_is_reported_once_for_each_way_it_was_found()
    {
        var (one, other) = (new FakeFinder(), new FakeFinder());
        one.Finds("10.0.0.2", TelescopeSource.Mdns).Finds("10.0.0.2", TelescopeSource.Mdns).Ends();
        other.Finds("10.0.0.2", TelescopeSource.Scan).Ends();

        var found = await Discovery(one, other).FindAsync(Duration, Token).ToListAsync(Token);

        Assert.Equal([TelescopeSource.Mdns, TelescopeSource.Scan], found.Select(telescope => telescope.Source).Order());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_way_that_fails_is_logged_and_does_not_stop_the_others()
    {
        var (broken, working) = (new FakeFinder(), new FakeFinder());
        broken.Fails(new InvalidOperationException("no network"));
        working.Finds("10.0.0.2", TelescopeSource.Scan).Ends();

        var found = await Discovery(broken, working).FindAsync(Duration, Token).ToListAsync(Token);

        Assert.Single(found);
        var (level, message, exception) = Assert.Single(_logger.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains(nameof(FakeFinder), message, StringComparison.Ordinal);
        Assert.Equal("no network", exception?.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_way_that_knows_no_end_ends_with_the_time_without_a_word()
    {
        var endless = new FakeFinder().Finds("10.0.0.2", TelescopeSource.Scan);

        var searching = Discovery(endless).FindAsync(Duration, Token).ToListAsync(Token).AsTask();
        await _clock.AdvanceToNextTimerAsync(Duration, Token);
        var found = await searching;

        Assert.Single(found);
        Assert.Empty(_logger.Entries);
        Assert.Equal(DateTimeOffset.UnixEpoch + Duration, _clock.GetUtcNow());
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_found_anywhere_is_an_empty_result()
    {
        var found = await Discovery(new FakeFinder().Ends(), new FakeFinder().Ends()).FindAsync(Duration, Token).ToListAsync(Token);

        Assert.Empty(found);
    }

    [Fact(Timeout = 30_000)]
    public async Task Cancelling_ends_the_search_with_an_exception_and_without_a_word()
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var endless = new FakeFinder();

        var searching = Discovery(endless).FindAsync(Duration, cancelling.Token).ToListAsync(Token).AsTask();
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => searching);
        Assert.Empty(_logger.Entries);
    }

    [Fact(Timeout = 30_000)]
    public async Task Leaving_early_stops_the_ways_that_still_search()
    {
        var endless = new FakeFinder().Finds("10.0.0.2", TelescopeSource.Scan);

        await Discovery(endless).FindAsync(Duration, Token).FirstAsync(Token);

        await endless.Stopped;
    }

    private TelescopeDiscovery Discovery(params ITelescopeFinder[] finders) => new(finders, new DiscoveryOptions(), _clock, _logger);

    private sealed class FakeFinder : ITelescopeFinder
    {
        private readonly Channel<FoundTelescope> _found = Channel.CreateUnbounded<FoundTelescope>();
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stopped => _stopped.Task;

        public FakeFinder Finds(string host, TelescopeSource source)
        {
            _found.Writer.TryWrite(new FoundTelescope(new TelescopeAddress(host), source));
            return this;
        }

        public FakeFinder Ends()
        {
            _found.Writer.Complete();
            return this;
        }

        public void Fails(Exception exception) => _found.Writer.Complete(exception);

        public async IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var telescope in _found.Reader.ReadAllAsync(cancellationToken))
                {
                    yield return telescope;
                }
            }
            finally
            {
                _stopped.TrySetResult();
            }
        }
    }

    private sealed class FakeLogger : ILogger<TelescopeDiscovery>
    {
        public List<(LogLevel Level, string Message, Exception? Exception)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception), exception));
    }
}
