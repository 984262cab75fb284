using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class FrameDemandTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Signal _changed = new();
    private readonly FrameDemand _demand;

    public FrameDemandTests() => _demand = new FrameDemand(_clock, _changed);

    [Fact]
    public void From_the_beginning_nobody_wants_anything()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.False(_demand.WantsPictures);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), (_demand.PicturesIdle, _demand.EverythingIdle));
    }

    [Theory]
    [InlineData(FrameWish.State, false, false)]
    [InlineData(FrameWish.Stacks, true, true)]
    [InlineData(FrameWish.EveryStack, true, true)]
    [InlineData(FrameWish.Previews, false, true)]
    public void A_wish_counts_while_it_is_held(FrameWish wish, bool stacks, bool pictures)
    {
        var held = _demand.Want(wish);

        Assert.True(_demand.Wants(wish));
        Assert.Equal((stacks, pictures), (_demand.WantsStacks, _demand.WantsPictures));
        Assert.Equal(pictures, _demand.PicturesIdle is null);
        Assert.Null(_demand.EverythingIdle);

        held.Dispose();

        Assert.False(_demand.Wants(wish) || _demand.WantsStacks || _demand.WantsPictures);
        Assert.Equal(TimeSpan.Zero, _demand.EverythingIdle);
    }

    [Fact]
    public void Idleness_is_counted_from_the_last_wish_that_ended()
    {
        var first = _demand.Want(FrameWish.Stacks);
        var second = _demand.Want(FrameWish.Previews);
        _clock.Advance(TimeSpan.FromSeconds(10));
        first.Dispose();
        Assert.Null(_demand.PicturesIdle);

        _clock.Advance(TimeSpan.FromSeconds(10));
        second.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), _demand.PicturesIdle);
    }

    [Fact]
    public void Looking_at_the_state_keeps_no_picture_wanted()
    {
        _demand.Want(FrameWish.Stacks).Dispose();
        var state = _demand.Want(FrameWish.State);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), _demand.PicturesIdle);
        Assert.Null(_demand.EverythingIdle);

        state.Dispose();

        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.Zero), (_demand.PicturesIdle, _demand.EverythingIdle));
    }

    [Fact]
    public void A_wish_ends_once_however_often_it_is_disposed()
    {
        var first = _demand.Want(FrameWish.Stacks);
        using var second = _demand.Want(FrameWish.Stacks);

        first.Dispose();
        first.Dispose();

        Assert.True(_demand.WantsStacks);
    }

    [Fact]
    public void Every_change_is_told()
    {
        var next = _changed.Next;
        var held = _demand.Want(FrameWish.State);
        Assert.True(next.IsCompletedSuccessfully);

        next = _changed.Next;
        held.Dispose();
        Assert.True(next.IsCompletedSuccessfully);
    }
}
