using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class VideoFormatTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 33)]
    [InlineData(2, 67)]
    [InlineData(3, 100)]
    [InlineData(30, 1000)]
    [InlineData(239, 7967)]
    public void A_picture_shows_the_rounded_milliseconds_since_the_loop_began(int picture, int milliseconds) =>
        Assert.Equal(milliseconds, VideoFormat.Milliseconds(picture));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 30)]
    [InlineData(999, 30)]
    [InlineData(1000, 30)]
    [InlineData(1000.0001, 60)]
    [InlineData(1_795_168_800_001, 53_855_064_030)]
    public void Playing_begins_with_the_first_key_frame_that_is_not_past(double milliseconds, long frame) =>
        Assert.Equal(frame, VideoFormat.NextKeyFrame(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(239)]
    [InlineData(240)]
    [InlineData(53_855_064_031)]
    public void A_frame_is_due_when_the_time_of_day_modulo_the_loop_is_what_it_shows(long frame)
    {
        var due = VideoFormat.Due(frame);

        Assert.Equal(VideoFormat.Milliseconds(VideoFormat.Picture(frame)), due.TotalMilliseconds % 8000, 0.51);
        Assert.Equal(VideoFormat.RtpTime(frame), VideoFormat.RtpTime(due));
    }
}
