using SeestarAlpaca.Simulator.Time;

namespace SeestarAlpaca.Simulator.Tests.Time;

public sealed class AgendaTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _happened = [];
    private readonly Clock _clock;
    private readonly Agenda _agenda;

    public AgendaTests()
    {
        _clock = new Clock(_time, 2);
        _agenda = new Agenda(_clock, _time);
    }

    [Fact]
    public void What_waits_goes_on_at_exactly_the_moment_it_asked_for_in_order()
    {
        _agenda.Enter(() =>
        {
            _ = TellAsync("slow", 3.5, CancellationToken.None);
            _ = TellAsync("fast", 1.25, CancellationToken.None);
        });

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["fast 301.25", "fast 302.5", "slow 303.5", "slow 307"], _happened);
    }

    [Fact]
    public void Simulated_time_runs_as_fast_as_the_scale_says()
    {
        _agenda.Enter(() => { _ = TellAsync("one", 4, CancellationToken.None); });

        _time.Advance(TimeSpan.FromSeconds(1.999));
        Assert.Empty(_happened);
        _time.Advance(TimeSpan.FromSeconds(0.001));

        Assert.Equal(["one 304"], _happened);
    }

    [Fact]
    public void Cancelling_ends_the_wait_at_once_on_the_same_thread()
    {
        using var stop = new CancellationTokenSource();
        Task waiting = Task.CompletedTask;
        _agenda.Enter(() => { waiting = TellAsync("never", 1, stop.Token); });

        _agenda.Enter(stop.Cancel);

        Assert.True(waiting.IsCanceled);
    }

    [Fact]
    public async Task What_comes_back_from_another_thread_is_run_within_the_agenda()
    {
        var inside = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var elsewhere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _agenda.Enter(() => { _ = ContinueAsync(); });

        elsewhere.SetResult();

        Assert.True(await inside.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        async Task ContinueAsync()
        {
            await elsewhere.Task;
            inside.SetResult(SynchronizationContext.Current is not null && _agenda.Now >= Clock.Uptime);
        }
    }

    [Fact]
    public void Stamps_have_nine_decimals() => Assert.Equal("5137.000340778", Clock.Format(5137_000_340_778));

    public void Dispose() => _agenda.Dispose();

    private async Task TellAsync(string name, double seconds, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 2; i++)
        {
            await _agenda.DelayAsync(TimeSpan.FromSeconds(seconds), cancellationToken);
            _happened.Add($"{name} {_agenda.Now.TotalSeconds}");
        }
    }
}
