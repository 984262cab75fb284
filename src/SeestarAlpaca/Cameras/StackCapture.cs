using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>Delivers the newest stack, or the next one.</summary>
internal sealed class StackCapture(ExposureRequest request, ExposureLimits limits, Telescope telescope, TimeProvider time)
    : NewestCapture<StackFrame>(request, limits, telescope, time)
{
    private readonly StackDetails? _before = telescope.Session.Frames.NewestDetails;

    protected override bool MayCome => PictureComing.IsPossible(Telescope, Request.Mode.Picture);

    public override async Task<CapturedPicture> RunAsync(Action exposed, CancellationToken cancellationToken)
    {
        using var frame = await (Request.Mode.Picture == PictureChoice.NextStack
            ? WaitForNextAsync(exposed, cancellationToken)
            : WaitForNewestAsync(exposed, cancellationToken));
        exposed();
        return Render(frame, Request, Telescope);
    }

    /// <summary>Makes the picture of a stack.</summary>
    /// <exception cref="DriverException">0x40B: the stack has another size than the camera.</exception>
    internal static CapturedPicture Render(StackFrame frame, ExposureRequest request, Telescope telescope)
    {
        request.Geometry.RequireSourceSize(frame.Details.Size);
        var picture = StackRendering.Render(frame.Image, request.Geometry, request.Subframe, request.Mode.Colours, telescope.Pictures);
        return new CapturedPicture(picture, frame.Details, null);
    }

    protected override StackFrame? Lease() => Session.LeasePresentStack();

    protected override bool IsNew(StackFrame frame) => frame.Details.Sequence > (_before?.Sequence ?? 0);

    protected override DriverException Nothing() => DriverException.DeviceFailure($"There is no present stack to deliver. {Telescope.State.Text}");

    private async Task<StackFrame> WaitForNextAsync(Action exposed, CancellationToken cancellationToken)
    {
        using var wish = Session.Demand.Want(FrameWish.EveryStack);
        while (true)
        {
            var next = Session.Changed.Next;
            var frame = Session.LeasePresentStack();
            if (frame is not null && (IsStopped || IsAnother(frame.Details)))
            {
                return frame;
            }

            frame?.Dispose();
            var (toExpose, left) = (Request.Duration - Elapsed, Limits.NewFrame - Elapsed);
            if (IsStopped || left <= TimeSpan.Zero)
            {
                throw IsStopped
                    ? Nothing()
                    : DriverException.DeviceFailure($"No new stack came within {Limits.NewFrame.TotalSeconds:F0} s. {Telescope.State.Text}");
            }

            if (toExpose <= TimeSpan.Zero)
            {
                exposed();
            }

            await WaitAsync(Task.WhenAny(next, Stopped), toExpose > TimeSpan.Zero && toExpose < left ? toExpose : left, cancellationToken);
        }
    }

    /// <summary>Another stack is told by its count, up or down, or by its epoch; never by the image id, which may stand still.</summary>
    private bool IsAnother(StackDetails details) =>
        details.Sequence > (_before?.Sequence ?? 0)
        && (details.Frames is null || _before is null || (details.Epoch, details.Frames) != (_before.Epoch, _before.Frames));
}
