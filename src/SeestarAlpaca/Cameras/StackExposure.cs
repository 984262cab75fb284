using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>The readout modes of a stack camera. Clients store the index: the list only ever grows.</summary>
public enum StackReadout
{
    /// <summary>The newest stack when the duration has passed.</summary>
    LiveStack = 0,

    /// <summary>The next stack that is another one.</summary>
    NewFrame = 1,
}

/// <summary>What an exposure was asked for.</summary>
/// <param name="Duration">As asked for.</param>
/// <param name="Readout">Which stack to deliver.</param>
/// <param name="Geometry">The camera's, fixed at connection.</param>
/// <param name="Subframe">The part of the picture.</param>
internal sealed record ExposureRequest(TimeSpan Duration, StackReadout Readout, StackGeometry Geometry, Subframe Subframe);

/// <summary>How long exposures wait for pictures.</summary>
/// <param name="Grace">After the duration, for a new one.</param>
/// <param name="NewFrame">In readout mode "New frame".</param>
internal sealed record ExposureLimits(TimeSpan Grace, TimeSpan NewFrame);

/// <summary>
/// One exposure of a stack camera, from its acceptance to its picture, its failure or its abortion. Only a stack that the session holds for
/// present is ever delivered: a client may solve it and synchronise a mount on it.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed class StackExposure : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExposureRequest _request;
    private readonly ExposureLimits _limits;
    private readonly Telescope _telescope;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly StackDetails? _before;
    private CameraState _state = CameraState.Exposing;
    private DriverException? _failure;
    private StackPicture? _picture;

    /// <summary>Accepts an exposure and begins it.</summary>
    public StackExposure(ExposureRequest request, ExposureLimits limits, Telescope telescope, TimeProvider time)
    {
        (_request, _limits, _telescope, _time) = (request, limits, telescope, time);
        _started = time.GetTimestamp();
        StartTime = time.GetUtcNow();
        Duration = request.Duration;
        _before = telescope.Session.Frames.NewestDetails;
        Work = Task.Run(RunAsync);
    }

    /// <summary>Ends with the exposure; never fails.</summary>
    public Task Work { get; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset StartTime { get; }

    /// <summary>The duration served: as asked for, or as elapsed when stopped before.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>What is known of the stack that was delivered; null before.</summary>
    public StackDetails? Delivered { get; private set; }

    /// <summary>Exposing, then Reading, then Idle; never Error, which makes PHD2 disconnect for good.</summary>
    public CameraState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Whether the picture is there.</summary>
    /// <exception cref="DriverException">The exposure failed.</exception>
    public bool IsReady
    {
        get
        {
            lock (_gate)
            {
                return _failure is { } failure ? throw failure : _picture is not null;
            }
        }
    }

    /// <summary>Per cent of the duration that has passed.</summary>
    public short PercentCompleted
    {
        get
        {
            lock (_gate)
            {
                return (short)(_state == CameraState.Idle ? 100 : Math.Min(100, 100 * _time.GetElapsedTime(_started) / (Duration + TimeSpan.FromTicks(1))));
            }
        }
    }

    /// <summary>A lease on the picture; null when there is none.</summary>
    /// <exception cref="DriverException">The exposure failed.</exception>
    public Alpaca.Devices.AlpacaImage? Open()
    {
        lock (_gate)
        {
            return _failure is { } failure ? throw failure : _picture?.Open();
        }
    }

    /// <summary>Ends the exposure now and delivers the newest stack; nothing when it has ended already.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_state == CameraState.Exposing)
            {
                var elapsed = _time.GetElapsedTime(_started);
                Duration = elapsed < Duration ? elapsed : Duration;
            }
        }

        _stop.TrySetResult();
    }

    /// <summary>Drops exposure and picture.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _abort.Cancel();
            _state = CameraState.Idle;
            _picture?.Dispose();
            _picture = null;
            _failure = null;
        }
    }

    private async Task RunAsync()
    {
        DriverException? failure = null;
        StackPicture? picture = null;
        StackDetails? delivered = null;
        try
        {
            using var frame = _request.Readout == StackReadout.NewFrame
                ? await WaitForNewFrameAsync(_abort.Token)
                : await WaitForNewestAsync(_abort.Token);
            delivered = frame.Details;
            RequireSize(frame);
            picture = StackPicture.Render(frame.Image, _request.Geometry, _request.Subframe, _telescope.Pictures);
        }
        catch (OperationCanceledException)
        {
        }
        catch (DriverException exception)
        {
            failure = exception;
        }
        catch (Exception exception)
        {
            // A bug, but the client that waits must hear of it, and the bug of the log.
            failure = DriverException.DeviceFailure($"The picture could not be made: {exception.Message}");
            UnexpectedException = exception;
        }

        lock (_gate)
        {
            if (_abort.IsCancellationRequested)
            {
                picture?.Dispose();
                return;
            }

            (_picture, _failure, Delivered) = (picture, failure, picture is null ? null : delivered);
            _state = CameraState.Idle;
        }
    }

    /// <summary>What went wrong unforeseen; null normally. For the log, after <see cref="Work"/>.</summary>
    public Exception? UnexpectedException { get; private set; }

    private async Task<StackFrame> WaitForNewestAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(_stop.Task, _request.Duration - _time.GetElapsedTime(_started), cancellationToken);
        SetReading();

        var graceBegan = _time.GetTimestamp();
        while (true)
        {
            var next = _telescope.Session.Changed.Next;
            var frame = _telescope.Session.LeasePresentStack();
            var left = _limits.Grace - _time.GetElapsedTime(graceBegan);
            if (_stop.Task.IsCompleted || frame?.Details.Sequence > (_before?.Sequence ?? 0) || left <= TimeSpan.Zero || !StackComing.IsPossible(_telescope))
            {
                return frame ?? throw Nothing();
            }

            frame?.Dispose();
            await WaitAsync(Task.WhenAny(next, _stop.Task), left, cancellationToken);
        }
    }

    private async Task<StackFrame> WaitForNewFrameAsync(CancellationToken cancellationToken)
    {
        using var wish = _telescope.Session.Demand.Want(FrameWish.EveryStack);
        while (true)
        {
            var next = _telescope.Session.Changed.Next;
            var frame = _telescope.Session.LeasePresentStack();
            if (frame is not null && (_stop.Task.IsCompleted || IsAnother(frame.Details)))
            {
                SetReading();
                return frame;
            }

            frame?.Dispose();
            var left = _limits.NewFrame - _time.GetElapsedTime(_started);
            if (_stop.Task.IsCompleted || left <= TimeSpan.Zero)
            {
                throw _stop.Task.IsCompleted
                    ? Nothing()
                    : DriverException.DeviceFailure($"No new stack came within {_limits.NewFrame.TotalSeconds:F0} s. {_telescope.State.Text}");
            }

            await WaitAsync(Task.WhenAny(next, _stop.Task), left, cancellationToken);
        }
    }

    /// <summary>Another stack is told by its count, up or down, or by its epoch; never by the image id, which may stand still.</summary>
    private bool IsAnother(StackDetails details) =>
        details.Sequence > (_before?.Sequence ?? 0)
        && (details.Frames is null || _before is null || (details.Epoch, details.Frames) != (_before.Epoch, _before.Frames));

    private void RequireSize(StackFrame frame)
    {
        var geometry = _request.Geometry;
        if (frame.Details.Size != (geometry.StackWidth, geometry.StackHeight))
        {
            throw SizeChanged(frame.Details.Size);
        }
    }

    /// <summary>The refusal of a stack whose size is not the one that the client has connected with.</summary>
    internal static DriverException SizeChanged((int Width, int Height) size) =>
        DriverException.InvalidOperation($"The stack is now {size.Width}×{size.Height}; disconnect and connect the camera again.");

    private DriverException Nothing() => DriverException.DeviceFailure($"There is no present stack to deliver. {_telescope.State.Text}");

    private void SetReading()
    {
        lock (_gate)
        {
            _state = CameraState.Reading;
        }
    }

    private Task WaitAsync(Task next, TimeSpan atMost, CancellationToken cancellationToken) => Signal.WaitAsync(next, atMost, _time, cancellationToken);
}
