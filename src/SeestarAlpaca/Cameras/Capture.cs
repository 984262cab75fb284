using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>What an exposure was asked for.</summary>
/// <param name="Duration">As asked for.</param>
/// <param name="Mode">Which picture to deliver.</param>
/// <param name="Geometry">The camera's, fixed at connection.</param>
/// <param name="Subframe">The part of the picture.</param>
internal sealed record ExposureRequest(TimeSpan Duration, ReadoutMode Mode, CameraGeometry Geometry, Subframe Subframe);

/// <summary>How long exposures wait for pictures.</summary>
/// <param name="Grace">After the duration, for a new one.</param>
/// <param name="NewFrame">In readout mode "New frame", from the beginning.</param>
internal sealed record ExposureLimits(TimeSpan Grace, TimeSpan NewFrame);

/// <summary>A picture that was made for an exposure; what it shows is a stack or a single exposure.</summary>
/// <param name="Picture">Belongs to whoever gets this.</param>
/// <param name="Stack">What is known of the stack; null for a single exposure.</param>
/// <param name="Sub">What is known of the single exposure; null for a stack.</param>
internal sealed record CapturedPicture(CameraPicture Picture, StackDetails? Stack, SubDetails? Sub);

/// <summary>Obtains the picture of one exposure.</summary>
/// <remarks>Thread safe.</remarks>
internal abstract class Capture(ExposureRequest request, ExposureLimits limits, Telescope telescope, TimeProvider time)
{
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = time.GetTimestamp();

    /// <summary>Time since the exposure was accepted.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    protected ExposureRequest Request => request;

    protected ExposureLimits Limits => limits;

    protected Telescope Telescope => telescope;

    protected SeestarSession Session => telescope.Session;

    protected TimeProvider Time => time;

    protected Task Stopped => _stop.Task;

    protected bool IsStopped => _stop.Task.IsCompleted;

    /// <summary>Wait no longer: the newest picture will do.</summary>
    public void Stop() => _stop.TrySetResult();

    /// <summary>Waits for the picture and makes it.</summary>
    /// <param name="exposed">Called when the duration has passed, or the picture is there before.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DriverException">There is none; the message says why.</exception>
    public abstract Task<CapturedPicture> RunAsync(Action exposed, CancellationToken cancellationToken);

    protected Task WaitAsync(Task next, TimeSpan atMost, CancellationToken cancellationToken) => Signal.WaitAsync(next, atMost, time, cancellationToken);
}

/// <summary>
/// Waits for the newest picture of some kind. Only one that the session holds for present is ever delivered: a client may solve it and synchronise a
/// mount on it.
/// </summary>
/// <typeparam name="TFrame">A lease on a picture.</typeparam>
internal abstract class NewestCapture<TFrame>(ExposureRequest request, ExposureLimits limits, Telescope telescope, TimeProvider time)
    : Capture(request, limits, telescope, time)
    where TFrame : class, IDisposable
{
    /// <summary>A lease on the newest picture that may be delivered; null when there is none.</summary>
    protected abstract TFrame? Lease();

    /// <summary>Whether a picture came after the exposure was accepted.</summary>
    protected abstract bool IsNew(TFrame frame);

    /// <summary>Whether one may come in the next seconds.</summary>
    protected abstract bool MayCome { get; }

    /// <summary>Says why there is none.</summary>
    protected abstract DriverException Nothing();

    /// <summary>The newest picture at the end of the duration; one that came since the beginning if there is one within the grace.</summary>
    protected async Task<TFrame> WaitForNewestAsync(Action exposed, CancellationToken cancellationToken)
    {
        await WaitAsync(Stopped, Request.Duration - Elapsed, cancellationToken);
        exposed();

        var graceBegan = Time.GetTimestamp();
        while (true)
        {
            var next = Session.Changed.Next;
            var frame = Lease();
            var left = Limits.Grace - Time.GetElapsedTime(graceBegan);
            if (IsStopped || (frame is not null && IsNew(frame)) || left <= TimeSpan.Zero || !MayCome)
            {
                return frame ?? throw Nothing();
            }

            frame?.Dispose();
            await WaitAsync(Task.WhenAny(next, Stopped), left, cancellationToken);
        }
    }
}
