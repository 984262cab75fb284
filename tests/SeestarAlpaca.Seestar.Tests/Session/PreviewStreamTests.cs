using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class PreviewStreamTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FrameDemand _demand;
    private readonly PreviewStream _stream;

    public PreviewStreamTests()
    {
        _demand = new FrameDemand(_clock, new Signal());
        _stream = new PreviewStream(_demand, _clock);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void Previews_are_begun_once_while_wanted_and_stopped_once_afterwards(bool? live)
    {
        Assert.Null(_stream.Change(live));

        var wish = _demand.Want(FrameWish.Previews);
        Assert.Equal(ImageRequest.BeginStreaming, _stream.Change(live));
        Assert.Null(_stream.Change(live));

        wish.Dispose();
        Assert.Equal(ImageRequest.StopStreaming, _stream.Change(live));
        Assert.Null(_stream.Change(live));
        Assert.Null(_stream.Wait());
    }

    [Fact]
    public void Other_wishes_begin_no_previews()
    {
        using var wish = _demand.Want(FrameWish.EveryStack);

        Assert.Null(_stream.Change(true));
    }

    [Fact]
    public void Without_a_live_view_nothing_is_asked_for_and_with_the_next_one_it_is_asked_for_again()
    {
        using var wish = _demand.Want(FrameWish.Previews);
        Assert.Null(_stream.Change(false));
        Assert.Equal(ImageRequest.BeginStreaming, _stream.Change(true));

        Assert.Null(_stream.Change(false));
        Assert.Null(_stream.Wait());
        Assert.Equal(ImageRequest.BeginStreaming, _stream.Change(true));
    }

    [Fact]
    public void A_stream_that_has_ended_with_its_view_need_not_be_stopped()
    {
        var wish = _demand.Want(FrameWish.Previews);
        _stream.Change(true);
        _stream.Change(false);
        wish.Dispose();

        Assert.Null(_stream.Change(true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void A_refusal_is_no_error_and_it_is_asked_again_after_ten_seconds(bool? live)
    {
        using var wish = _demand.Want(FrameWish.Previews);
        _stream.Change(live);

        _stream.Refused();
        Pass(4);

        Assert.Null(_stream.Change(live));
        Assert.Equal(TimeSpan.FromSeconds(6), _stream.Wait());
        Pass(6);
        Assert.Equal(ImageRequest.BeginStreaming, _stream.Change(live));
    }

    [Fact]
    public void A_stream_that_falls_silent_is_asked_for_again_after_half_a_minute()
    {
        using var wish = _demand.Want(FrameWish.Previews);
        _stream.Change(true);
        Pass(20);
        _stream.Came();
        Pass(20);

        Assert.Null(_stream.Change(true));
        Assert.Equal(TimeSpan.FromSeconds(10), _stream.Wait());
        Pass(10);
        Assert.Equal(ImageRequest.BeginStreaming, _stream.Change(true));
    }

    [Fact]
    public void On_a_new_connection_it_is_asked_for_again()
    {
        using var wish = _demand.Want(FrameWish.Previews);
        _stream.Change(true);

        _stream.Reconnected();

        Assert.Equal(ImageRequest.BeginStreaming, _stream.Change(true));
    }

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
