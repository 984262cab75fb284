using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// Makes the frames of one image port, in the form that the options ask for. Each archive carries a later time than the one before, so two
/// of the same picture differ in bytes, as a telescope's do (<c>seestar-protocol.md</c> §5.5), while the picture is deflated once. Thread safe.
/// </summary>
internal sealed class FrameForm(Telescope telescope)
{
    private int _packed;

    private Unknowns Unknowns => telescope.Options.Unknowns;

    /// <summary>The answer to a heartbeat.</summary>
    public static Frame Connected(byte id) => Frame.Text(ImageText.Connected, PayloadForm.Text, id);

    /// <summary>There is no picture.</summary>
    public static Frame NoImage(byte id) => Frame.Text(ImageText.NoImage, PayloadForm.TextError, id);

    /// <summary>The answer to a command that there is not, in the telescope's own spelling.</summary>
    public static Frame UnknownMethod(byte id) => Frame.Text("unknown mothod", PayloadForm.TextError, id);

    /// <summary>Streaming was begun or ended.</summary>
    public Frame Done(byte id) => Frame.Text(ImageText.Done, Unknowns.DoneIsError ? PayloadForm.TextError : PayloadForm.Text, id);

    /// <summary>There is nothing to be streamed now.</summary>
    public Frame OnlyContinuous(byte id) =>
        Frame.Text(ImageText.OnlyContinuous, Unknowns.OnlyContinuousIsError ? PayloadForm.TextError : PayloadForm.Text, id);

    /// <summary>A sub as it is.</summary>
    public Frame Raw(SubPicture sub, byte id) => Finish(Frame.Raw(sub.Image, sub.ImageId, id));

    /// <summary>A sub in an archive.</summary>
    public Frame Pack(SubPicture sub, byte id) => Pack(sub.Image, sub.Deflated, sub.ImageId, id);

    /// <summary>A stack, in an archive unless the options say otherwise.</summary>
    public Frame Pack(StackPicture stack, byte id) =>
        Unknowns.RawStack ? Finish(Frame.Raw(stack.Image, stack.ImageId, id)) : Pack(stack.Image, stack.Deflated, stack.ImageId, id);

    private Frame Pack(Image16 image, DeflatedSamples deflated, int imageId, byte id)
    {
        // Time stamps of ZIP are in steps of two seconds.
        var stamp = telescope.Clock.Date(telescope.Clock.Now).AddSeconds(2 * Interlocked.Increment(ref _packed));
        return Finish(Frame.Zip(image, deflated, stamp, Unknowns.Zip, imageId, id));
    }

    private Frame Finish(Frame picture) => picture with
    {
        Header = picture.Header with { ImageId = telescope.Options.StuckImageId ?? picture.Header.ImageId, Hfd = telescope.Options.Hfd },
        RepeatsEnds = Unknowns.PicturesRepeatEnds,
    };
}
