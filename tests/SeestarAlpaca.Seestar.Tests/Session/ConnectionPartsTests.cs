using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class ConnectionPartsTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_one_part_is_done_the_others_are_ended_and_the_connection_is_closed()
    {
        var (connection, ended) = (new Connection(), new TaskCompletionSource());

        await RunAsync(connection, token => UntilCancelledAsync(token, ended), _ => Task.CompletedTask);

        Assert.True(connection.IsClosed && ended.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_the_reading_part_says_counts_for_more_than_a_write_that_failed_before_it()
    {
        var failed = new TaskCompletionSource();
        var running = RunAsync(
            new Connection(),
            async token =>
            {
                await failed.Task.WaitAsync(token);
                throw new InvalidDataException("last words");
            },
            async _ =>
            {
                await Task.Yield();
                failed.SetResult();
                throw new IOException("broken pipe");
            });

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => running);

        Assert.Equal("last words", exception.Message);
    }

    [Fact]
    public async Task A_reading_part_that_has_nothing_to_say_is_waited_for_a_second()
    {
        var running = RunAsync(new Connection(), token => UntilCancelledAsync(token), _ => Task.FromException(new IOException("broken pipe")));
        await _clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(1), Token);

        var exception = await Assert.ThrowsAsync<IOException>(() => running);

        Assert.Equal("broken pipe", exception.Message);
    }

    [Fact]
    public async Task A_part_that_fails_because_the_connection_was_closed_on_it_says_nothing()
    {
        var closed = new TaskCompletionSource();
        var running = RunAsync(
            new Connection(() => closed.SetResult()),
            async _ =>
            {
                await closed.Task;
                throw new ObjectDisposedException("stream");
            },
            _ => Task.CompletedTask);

        await running;
    }

    [Fact]
    public async Task Cancellation_ends_everything_as_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var (connection, reading, writing) = (new Connection(), new TaskCompletionSource(), new TaskCompletionSource());
        var running = ConnectionParts.RunAsync(
            connection,
            token => UntilCancelledAsync(token, reading),
            [token => UntilCancelledAsync(token, writing)],
            _clock,
            cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(connection.IsClosed && reading.Task.IsCompleted && writing.Task.IsCompleted);
    }

    private static async Task UntilCancelledAsync(CancellationToken token, TaskCompletionSource? ended = null)
    {
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
        }
        finally
        {
            ended?.SetResult();
        }
    }

    private Task RunAsync(IAsyncDisposable connection, Func<CancellationToken, Task> read, Func<CancellationToken, Task> write) =>
        ConnectionParts.RunAsync(connection, read, [write], _clock, Token);

    private sealed class Connection(Action? onClose = null) : IAsyncDisposable
    {
        public bool IsClosed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            onClose?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
