using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>Delivers the newest single exposure of the telephoto or of the wide camera. They are asked for only while the exposure lasts.</summary>
internal sealed class SubCapture(ExposureRequest request, ExposureLimits limits, Telescope telescope, TimeProvider time)
    : NewestCapture<SubFrame>(request, limits, telescope, time)
{
    private readonly bool _isWide = request.Mode.Picture == PictureChoice.NewestWide;
    private readonly long _before = (request.Mode.Picture == PictureChoice.NewestWide ? telescope.Session.Wide.Frames : telescope.Session.Frames).NewestSubDetails?.Sequence ?? 0;

    protected override bool MayCome => PictureComing.IsPossible(Telescope, Request.Mode.Picture);

    public override async Task<CapturedPicture> RunAsync(Action exposed, CancellationToken cancellationToken)
    {
        using var wish = (_isWide ? Session.Wide.Demand : Session.Demand).Want(FrameWish.Subs);
        using var frame = await WaitForNewestAsync(exposed, cancellationToken);
        var phase = _isWide ? Telescope.Model.Wide?.Phase ?? frame.Image.Phase : frame.Image.Phase;
        var picture = SubRendering.Render(frame.Image, phase, Request.Geometry, Request.Subframe, Telescope.Pictures);
        return new CapturedPicture(picture, null, frame.Details);
    }

    protected override SubFrame? Lease() => _isWide ? Session.LeasePresentWideSub() : Session.LeasePresentSub();

    protected override bool IsNew(SubFrame frame) => frame.Details.Sequence > _before;

    protected override DriverException Nothing() => DriverException.DeviceFailure(_isWide
        ? $"The wide camera has sent no picture; it does so only while the Seestar app has chosen it. {Telescope.State.Text}"
        : $"No single exposure has come. {Telescope.State.Text}");
}
