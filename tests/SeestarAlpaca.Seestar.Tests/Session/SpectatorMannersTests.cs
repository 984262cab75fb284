using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class SpectatorMannersTests
{
    private static readonly SpectatorManners Unknown = new(SpectatorTreatment.Unknown);

    [Fact]
    public void A_stranger_may_send_until_it_learns_otherwise()
    {
        Assert.Equal(SpectatorTreatment.Unknown, Unknown.Treatment);
        Assert.True(Unknown.MaySend);
    }

    [Fact]
    public void Answered_heartbeats_go_on_whatever_happens_later()
    {
        var answered = SpectatorManners.Answered;

        Assert.True(answered.MaySend);
        Assert.Equal(answered, answered.Closed(TimeSpan.FromSeconds(5), ignored: true));
        Assert.Equal(answered, answered.Lasted(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Ignored_heartbeats_that_end_the_connection_are_sent_no_more()
    {
        var manners = Unknown.Closed(TimeSpan.FromSeconds(40), ignored: true);

        Assert.Equal(SpectatorTreatment.IgnoredThenReset, manners.Treatment);
        Assert.False(manners.MaySend);
    }

    [Fact]
    public void A_connection_that_ends_before_anything_was_ignored_teaches_nothing()
    {
        Assert.Equal(Unknown, Unknown.Closed(TimeSpan.FromSeconds(40), ignored: false));
    }

    [Fact]
    public void A_silent_connection_that_lasts_is_kept_and_a_later_loss_changes_nothing()
    {
        var manners = Unknown.Closed(TimeSpan.FromSeconds(40), ignored: true).Lasted(TimeSpan.FromSeconds(25));

        Assert.Equal(SpectatorTreatment.SilentKept, manners.Treatment);
        Assert.False(manners.MaySend);
        Assert.Equal(manners, manners.Closed(TimeSpan.FromSeconds(16), ignored: false));
    }

    [Fact]
    public void A_silent_connection_that_has_not_lasted_yet_proves_nothing()
    {
        var manners = Unknown.Closed(TimeSpan.FromSeconds(40), ignored: true);

        Assert.Equal(manners, manners.Lasted(TimeSpan.FromSeconds(24)));
    }

    [Fact]
    public void A_silent_connection_that_is_closed_is_closed_by_the_idle_limit()
    {
        var manners = Unknown.Closed(TimeSpan.FromSeconds(40), ignored: true).Closed(TimeSpan.FromSeconds(16), ignored: false);

        Assert.Equal(SpectatorTreatment.SilentClosed, manners.Treatment);
        Assert.False(manners.MaySend);
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(15, true)]
    [InlineData(16.5, true)]
    [InlineData(25, false)]
    public void The_idle_limit_is_known_by_its_time(double seconds, bool isLimit)
    {
        var closed = new SpectatorManners(SpectatorTreatment.SilentClosed);

        Assert.Equal(isLimit, closed.IsIdleLimit(TimeSpan.FromSeconds(seconds)));
        Assert.False(new SpectatorManners(SpectatorTreatment.SilentKept).IsIdleLimit(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(3, 13)]
    [InlineData(15.5, 0.5)]
    [InlineData(16, 1)]
    [InlineData(1000, 1)]
    public void A_connection_is_never_opened_again_faster_than_the_idle_limit(double lasted, double pause)
    {
        Assert.Equal(pause, SpectatorManners.Pause(TimeSpan.FromSeconds(lasted)).TotalSeconds);
    }
}
