using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// Begins a stack with the exposure, delivers it when it has as many exposures as make up the duration, and ends it. What this server may have begun
/// before is ended first; a stack of somebody else is never touched.
/// </summary>
internal sealed class FreshStackCapture(ExposureRequest request, ExposureLimits limits, TelescopeControl control, Telescope telescope, TimeProvider time)
    : Capture(request, limits, telescope, time)
{
    /// <summary>N.I.N.A. gives up a minute after the duration.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    /// <summary>How long a stack may take to end, and its live view to come back.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    private readonly int _wanted = Math.Max(1, (int)Math.Round(request.Duration / (telescope.Session.Snapshot.Telescope.SubExposure ?? TimeSpan.FromSeconds(10))));

    public override async Task<CapturedPicture> RunAsync(Action exposed, CancellationToken cancellationToken)
    {
        await EndOwnAsync(cancellationToken);
        control.RequireFreshStack();
        await control.SendAsync(TelescopeCommand.StartStack, cancellationToken);
        try
        {
            using var frame = await CollectAsync(exposed, cancellationToken);
            exposed();
            return StackCapture.Render(frame, Request, Telescope);
        }
        finally
        {
            // However the exposure ends, and whoever has gone meanwhile: the stack was begun for it.
            await LeaveAsync();
        }
    }

    /// <summary>Ends the stack as well as may be: a picture that is there is delivered even where the telescope cannot be reached any more.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            await EndOwnAsync(CancellationToken.None);
        }
        catch (DriverException)
        {
            // The stack is still known for this server's own: the next exposure ends it first.
        }
    }

    private async Task<StackFrame> CollectAsync(Action exposed, CancellationToken cancellationToken)
    {
        using var wish = Session.Demand.Want(FrameWish.EveryStack);
        var isBegun = false;
        while (true)
        {
            var next = Session.Changed.Next;
            var snapshot = Session.Snapshot;
            var frame = snapshot.IsOwnStack ? Session.LeasePresentStack() : null;
            var (toExpose, left) = (Request.Duration - Elapsed, Request.Duration + Patience - Elapsed);
            if (frame is not null && (frame.Details.Frames >= _wanted || IsStopped || left <= TimeSpan.Zero))
            {
                return frame;
            }

            frame?.Dispose();
            if ((isBegun && !snapshot.IsOwnStack) || IsStopped || left <= TimeSpan.Zero)
            {
                throw DriverException.DeviceFailure(isBegun && !snapshot.IsOwnStack
                    ? $"The stack of this exposure was ended by somebody else. {Telescope.State.Text}"
                    : $"The stack of this exposure has no exposure in it yet. {Telescope.State.Text}");
            }

            isBegun = snapshot.IsOwnStack;
            if (toExpose <= TimeSpan.Zero)
            {
                exposed();
            }

            await WaitAsync(Task.WhenAny(next, Stopped), toExpose > TimeSpan.Zero ? toExpose : left, cancellationToken);
        }
    }

    private async Task EndOwnAsync(CancellationToken cancellationToken)
    {
        if (!Session.Snapshot.IsOwnStack)
        {
            return;
        }

        try
        {
            await control.SendAsync(TelescopeCommand.StopStack, cancellationToken);
        }
        catch (DriverException) when (!Session.Snapshot.IsOwnStack)
        {
            // It has ended by itself.
        }

        var began = Time.GetTimestamp();
        while (Session.Snapshot.Telescope is { IsStacking: true } or { IsLive: not true } && Time.GetElapsedTime(began) is var passed && passed < LongestEnd)
        {
            var next = Session.Changed.Next;
            if (Session.Snapshot.Telescope is { IsStacking: false, IsLive: true })
            {
                return;
            }

            await WaitAsync(next, LongestEnd - passed, cancellationToken);
        }
    }
}
