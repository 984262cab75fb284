using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>The arithmetic and bookkeeping that the session is made of.</summary>
public class SmallPartsTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(100, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Delays_double_to_the_longest_and_are_off_by_a_fifth_at_most(int failures, double seconds)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        var random = new Random(1);

        var delays = Enumerable.Range(0, 100).Select(_ => backoff.Delay(failures, random).TotalSeconds).ToArray();

        Assert.All(delays, delay => Assert.InRange(delay, seconds, seconds * 1.2));
        Assert.True(delays.Distinct().Count() > 50);
    }

    [Fact]
    public void A_connection_that_is_tried_again_keeps_its_problem_in_sight_until_it_is_open()
    {
        var failed = new LinkStatus(LinkPhase.Open, DateTimeOffset.UnixEpoch).Next(LinkPhase.Failed, "It broke.", At(5));

        var again = failed.Next(LinkPhase.Connecting, null, At(7));

        Assert.Equal(new LinkStatus(LinkPhase.Failed, At(5), "It broke."), failed);
        Assert.Equal(new LinkStatus(LinkPhase.Connecting, At(7), "It broke."), again);
        Assert.Equal(new LinkStatus(LinkPhase.Open, At(8)), again.Next(LinkPhase.Open, null, At(8)));
    }

    [Fact]
    public void A_phase_began_when_it_was_entered_whatever_is_said_in_it()
    {
        var open = new LinkStatus(LinkPhase.Open, At(1));

        Assert.Equal(new LinkStatus(LinkPhase.Open, At(1), "Damaged."), open.Next(LinkPhase.Open, "Damaged.", At(9)));
    }

    private static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);
}
