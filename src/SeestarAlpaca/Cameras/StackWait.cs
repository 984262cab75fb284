using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>What an exposure was asked for.</summary>
/// <param name="Duration">As asked for.</param>
/// <param name="Readout">Which stack to deliver.</param>
/// <param name="Geometry">The camera's, fixed at connection.</param>
/// <param name="Subframe">The part of the picture.</param>
internal sealed record ExposureRequest(TimeSpan Duration, StackReadout Readout, StackGeometry Geometry, Subframe Subframe);

/// <summary>How long exposures wait for pictures.</summary>
/// <param name="Grace">After the duration, for a new one.</param>
/// <param name="NewFrame">In readout mode "New frame", from the beginning.</param>
internal sealed record ExposureLimits(TimeSpan Grace, TimeSpan NewFrame);

/// <summary>
/// Waits for the stack that an exposure delivers. Only one that the session holds for present is ever delivered: a client may solve it and
/// synchronise a mount on it.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed class StackWait(ExposureRequest request, ExposureLimits limits, Telescope telescope, TimeProvider time)
{
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = time.GetTimestamp();
    private readonly StackDetails? _before = telescope.Session.Frames.NewestDetails;

    /// <summary>Time since the exposure was accepted.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    private SeestarSession Session => telescope.Session;

    private bool IsStopped => _stop.Task.IsCompleted;

    /// <summary>Wait no longer: the newest stack will do.</summary>
    public void Stop() => _stop.TrySetResult();

    /// <summary>Waits.</summary>
    /// <param name="exposed">Called when the duration has passed, or the stack is there before.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A lease on the stack.</returns>
    /// <exception cref="DriverException">There is none; the message says why.</exception>
    public async Task<StackFrame> RunAsync(Action exposed, CancellationToken cancellationToken)
    {
        var frame = await (request.Readout == StackReadout.NewFrame ? WaitForNewFrameAsync(exposed, cancellationToken) : WaitForNewestAsync(exposed, cancellationToken));
        exposed();
        return frame;
    }

    private async Task<StackFrame> WaitForNewestAsync(Action exposed, CancellationToken cancellationToken)
    {
        await WaitAsync(_stop.Task, request.Duration - Elapsed, cancellationToken);
        exposed();

        var graceBegan = time.GetTimestamp();
        while (true)
        {
            var next = Session.Changed.Next;
            var frame = Session.LeasePresentStack();
            var left = limits.Grace - time.GetElapsedTime(graceBegan);
            if (IsStopped || frame?.Details.Sequence > (_before?.Sequence ?? 0) || left <= TimeSpan.Zero || !StackComing.IsPossible(telescope))
            {
                return frame ?? throw Nothing();
            }

            frame?.Dispose();
            await WaitAsync(Task.WhenAny(next, _stop.Task), left, cancellationToken);
        }
    }

    private async Task<StackFrame> WaitForNewFrameAsync(Action exposed, CancellationToken cancellationToken)
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
            var (toExpose, left) = (request.Duration - Elapsed, limits.NewFrame - Elapsed);
            if (IsStopped || left <= TimeSpan.Zero)
            {
                throw IsStopped
                    ? Nothing()
                    : DriverException.DeviceFailure($"No new stack came within {limits.NewFrame.TotalSeconds:F0} s. {telescope.State.Text}");
            }

            if (toExpose <= TimeSpan.Zero)
            {
                exposed();
            }

            await WaitAsync(Task.WhenAny(next, _stop.Task), toExpose > TimeSpan.Zero && toExpose < left ? toExpose : left, cancellationToken);
        }
    }

    /// <summary>Another stack is told by its count, up or down, or by its epoch; never by the image id, which may stand still.</summary>
    private bool IsAnother(StackDetails details) =>
        details.Sequence > (_before?.Sequence ?? 0)
        && (details.Frames is null || _before is null || (details.Epoch, details.Frames) != (_before.Epoch, _before.Frames));

    private DriverException Nothing() => DriverException.DeviceFailure($"There is no present stack to deliver. {telescope.State.Text}");

    private Task WaitAsync(Task next, TimeSpan atMost, CancellationToken cancellationToken) => Signal.WaitAsync(next, atMost, time, cancellationToken);
}
