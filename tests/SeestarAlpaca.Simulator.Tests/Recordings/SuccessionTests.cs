using SeestarAlpaca.Simulator.Recordings;

namespace SeestarAlpaca.Simulator.Tests.Recordings;

public sealed class SuccessionTests
{
    private readonly Succession<string> _replies = new();
    private readonly Succession<int> _changes = new();

    public SuccessionTests()
    {
        _replies.Add(TimeSpan.FromSeconds(10), "a");
        _replies.Add(TimeSpan.FromSeconds(20), "b");
        _replies.Add(TimeSpan.FromSeconds(30), "c");
        _changes.Add(TimeSpan.FromSeconds(15), 0);
        _changes.Add(TimeSpan.FromSeconds(22), 0);
        _changes.Add(TimeSpan.FromSeconds(28), 0);
    }

    [Theory]
    [InlineData(5, null, "a")]
    [InlineData(10, "a", "a")]
    [InlineData(14, "a", "a")]
    [InlineData(15, "a", "b")] // changed since, and the next reply tells of it
    [InlineData(21, "b", "b")]
    [InlineData(25, "b", "b")] // changed since, and once more before the next reply
    [InlineData(29, "b", "c")]
    [InlineData(99, "c", "c")]
    public void The_reply_that_tells_best_of_a_time_is_found(double seconds, string? counts, string nearest)
    {
        var time = TimeSpan.FromSeconds(seconds);

        Assert.Equal(counts, _replies.TryGet(time, orFirst: false, out var value) ? value : null);
        Assert.True(_replies.TryGetNearest(time, _changes, out var best));
        Assert.Equal(nearest, best);
    }

    [Fact]
    public void Times_that_run_backwards_count_as_that_of_the_one_before()
    {
        _replies.Add(TimeSpan.FromSeconds(29), "d");

        Assert.True(_replies.TryGet(TimeSpan.FromSeconds(30), orFirst: false, out var value));
        Assert.Equal("d", value);
    }

    [Fact]
    public void Where_there_is_nothing_nothing_is_found()
    {
        Assert.False(new Succession<int>().TryGet(TimeSpan.Zero, orFirst: true, out _));
        Assert.False(new Succession<int>().TryGetNearest(TimeSpan.Zero, _changes, out _));
    }
}
