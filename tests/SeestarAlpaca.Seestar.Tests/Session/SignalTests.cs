using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class SignalTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Signal _signal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pulse_wakes_everybody_who_waits_and_nobody_who_comes_later()
    {
        var waits = Enumerable.Range(0, 3).Select(_ => Signal.WaitAsync(_signal.Next, null, _clock, Token)).ToArray();

        _signal.Pulse();

        await Task.WhenAll(waits);
        Assert.False(_signal.Next.IsCompleted);
    }

    [Fact]
    public async Task A_pulse_between_looking_and_waiting_is_not_missed()
    {
        var next = _signal.Next;
        _signal.Pulse();

        await Signal.WaitAsync(next, TimeSpan.FromHours(1), _clock, Token);
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_has_passed()
    {
        var wait = Signal.WaitAsync(_signal.Next, TimeSpan.FromSeconds(5), _clock, Token);
        Assert.False(wait.IsCompleted);

        await _clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(5), Token);

        await wait;
        Assert.Equal(5, (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
    }

    [Fact]
    public async Task A_wait_of_a_fraction_of_a_millisecond_is_a_wait()
    {
        var wait = Signal.WaitAsync(_signal.Next, TimeSpan.FromTicks(1), _clock, Token);
        Assert.False(wait.IsCompleted);

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await wait;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task No_time_to_wait_is_no_wait(int seconds)
    {
        await Signal.WaitAsync(_signal.Next, TimeSpan.FromSeconds(seconds), _clock, Token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(60)]
    public async Task A_wait_can_be_cancelled(int? seconds)
    {
        using var cancellation = new CancellationTokenSource();
        var wait = Signal.WaitAsync(_signal.Next, seconds is { } limit ? TimeSpan.FromSeconds(limit) : null, _clock, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
