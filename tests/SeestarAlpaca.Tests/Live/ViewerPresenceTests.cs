using SeestarAlpaca.Live;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Live;

public sealed class ViewerPresenceTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_viewer_wants_stacks_until_it_has_not_asked_for_ten_seconds()
    {
        using var telescope = KnownTelescopes.Idle(time: _clock);
        using var presence = new ViewerPresence(_clock);

        presence.Note(telescope);
        _clock.Advance(TimeSpan.FromSeconds(9));
        presence.Note(telescope);
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(telescope.Session.Demand.Wants(FrameWish.Stacks));
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(telescope.Session.Demand.WantsPictures);
    }

    [Fact]
    public void A_viewer_who_comes_back_is_served_again()
    {
        using var telescope = KnownTelescopes.Idle(time: _clock);
        using var presence = new ViewerPresence(_clock);
        presence.Note(telescope);
        _clock.Advance(TimeSpan.FromSeconds(10));

        presence.Note(telescope);

        Assert.True(telescope.Session.Demand.Wants(FrameWish.Stacks));
    }

    [Fact]
    public async Task Many_viewers_at_once_leave_no_wish_behind()
    {
        using var telescope = KnownTelescopes.Idle(time: _clock);
        using var presence = new ViewerPresence(_clock);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(viewer => Task.Run(
            () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    presence.Note(telescope);
                    if (viewer == 0)
                    {
                        _clock.Advance(TimeSpan.FromSeconds(5));
                    }
                }
            },
            TestContext.Current.CancellationToken)));
        Assert.True(telescope.Session.Demand.Wants(FrameWish.Stacks));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.False(telescope.Session.Demand.WantsPictures);
    }

    [Fact]
    public void The_end_of_the_server_ends_all_wishes_and_takes_no_new_ones()
    {
        using var telescope = KnownTelescopes.Idle(time: _clock);
        var presence = new ViewerPresence(_clock);
        presence.Note(telescope);

        presence.Dispose();
        presence.Note(telescope);

        Assert.False(telescope.Session.Demand.WantsPictures);
    }
}
