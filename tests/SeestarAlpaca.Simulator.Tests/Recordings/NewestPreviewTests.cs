using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Recordings;

namespace SeestarAlpaca.Simulator.Tests.Recordings;

public sealed class NewestPreviewTests
{
    private readonly NewestPreview _preview = new();
    private int _queued;

    [Fact]
    public void Of_several_previews_the_newest_waits_and_is_asked_for_once()
    {
        _preview.Put(Frame(1), Queue);
        _preview.Put(Frame(2), Queue);

        Assert.Equal(2, _preview.Take()?.At);
        Assert.Equal(1, _queued);
        Assert.Null(_preview.Take());
    }

    [Fact]
    public void A_preview_for_which_there_is_no_room_is_missed_and_the_next_one_is_asked_for()
    {
        _preview.Put(Frame(1), () => false);

        _preview.Put(Frame(2), Queue);

        Assert.Equal(1, _queued);
        Assert.Equal(2, _preview.Take()?.At);
    }

    private bool Queue() => ++_queued > 0;

    private static RecordedFrame Frame(long at) => new(1, at, new FrameHeader(0, FrameKind.Single, PayloadForm.Raw, 21, 4, 4, false, 0));
}
