using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>A picture that an exposure made.</summary>
/// <param name="Stack">What is known of its stack; null for a single exposure.</param>
/// <param name="Sub">What is known of the single exposure; null for a stack.</param>
/// <param name="Duration">The duration served: as asked for, or as elapsed when the exposure was stopped before.</param>
/// <param name="Start">When the exposure was accepted.</param>
internal sealed record Delivery(StackDetails? Stack, SubDetails? Sub, TimeSpan Duration, DateTimeOffset Start);

/// <summary>One exposure of a camera, from its acceptance to its picture, its failure or its abortion.</summary>
/// <remarks>Thread safe. Disposing it aborts it and drops its picture; downloads under way go on.</remarks>
internal sealed partial class CameraExposure : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Capture _capture;
    private readonly Telescope _telescope;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _start;
    private TimeSpan _duration;
    private CameraState _state = CameraState.Exposing;
    private DriverException? _failure;
    private CameraPicture? _picture;
    private Delivery? _delivery;

    private CameraExposure(Capture capture, TimeSpan duration, Telescope telescope, TimeProvider time, ILogger logger) =>
        (_capture, _telescope, _logger, _start, _duration) = (capture, telescope, logger, time.GetUtcNow(), duration);

    /// <summary>Ends with the exposure; never fails.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

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

    /// <summary>What was delivered; null before, and when it failed. Stays when the picture is dropped.</summary>
    public Delivery? Delivery
    {
        get
        {
            lock (_gate)
            {
                return _delivery;
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
                return (short)(_state == CameraState.Idle || _capture.Elapsed >= _duration ? 100 : 100 * _capture.Elapsed / _duration);
            }
        }
    }

    /// <summary>Accepts an exposure and begins it.</summary>
    public static CameraExposure Start(Capture capture, TimeSpan duration, Telescope telescope, TimeProvider time, ILogger logger)
    {
        var exposure = new CameraExposure(capture, duration, telescope, time, logger);
        exposure.Work = Task.Run(exposure.RunAsync);
        return exposure;
    }

    /// <summary>A lease on the picture; null when there is none.</summary>
    /// <exception cref="DriverException">The exposure failed.</exception>
    public AlpacaImage? Open()
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
            if (_state == CameraState.Exposing && _capture.Elapsed is var elapsed && elapsed < _duration)
            {
                _duration = elapsed;
            }
        }

        _capture.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _state = CameraState.Idle;
            _picture?.Dispose();
            (_picture, _failure) = (null, null);
        }

        _abort.Cancel();
    }

    private async Task RunAsync()
    {
        DriverException? failure = null;
        CapturedPicture? captured = null;
        try
        {
            captured = await _capture.RunAsync(SetReading, _abort.Token);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            return;
        }
        catch (DriverException exception)
        {
            failure = exception;
        }
        catch (Exception exception)
        {
            // A bug, but the client that waits must hear of it.
            Log.Unexpected(_logger, _telescope.Name, exception);
            failure = DriverException.DeviceFailure($"The picture could not be made: {exception.Message}");
        }

        lock (_gate)
        {
            if (_state == CameraState.Idle)
            {
                captured?.Picture.Dispose();
                return;
            }

            (_picture, _failure, _state) = (captured?.Picture, failure, CameraState.Idle);
            _delivery = captured is null ? null : new Delivery(captured.Stack, captured.Sub, _duration, _start);
        }
    }

    private void SetReading()
    {
        lock (_gate)
        {
            _state = _state == CameraState.Exposing ? CameraState.Reading : _state;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An exposure of {Telescope} failed for an unforeseen reason.", EventName = nameof(Unexpected))]
        public static partial void Unexpected(ILogger logger, string telescope, Exception exception);
    }
}
