using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// One client's connection to a telescope: made when the telescope is reached, and a wish for its pictures as long as it lasts. Connecting and
/// disconnecting are idempotent, and what was asked for last holds.
/// </summary>
/// <remarks>Thread safe. A telescope that is lost later leaves the connection as it is: its Wi-Fi may blink.</remarks>
/// <param name="device">The camera number.</param>
/// <param name="control">What the client may do.</param>
/// <param name="open">Makes the camera of a new connection.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of what should never happen.</param>
internal sealed partial class CameraConnection(SeestarCameraDevice device, TelescopeControl control, Func<ConnectedCamera> open, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Clients wait 5 s for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly Telescope _telescope = device.Telescope;
    private Attempt? _attempt;
    private DriverException? _failure;
    private (ConnectedCamera Camera, IDisposable Wish)? _connected;

    /// <summary>The camera since the telescope was reached; null while the client is not connected.</summary>
    public ConnectedCamera? Camera
    {
        get
        {
            lock (_gate)
            {
                return _connected?.Camera;
            }
        }
    }

    /// <summary>Whether an attempt is under way.</summary>
    /// <exception cref="DriverException">The last attempt has failed.</exception>
    public bool IsConnecting
    {
        get
        {
            lock (_gate)
            {
                return _failure is { } failure ? throw failure : _attempt is not null;
            }
        }
    }

    /// <summary>Begins to connect, unless that is done or under way.</summary>
    /// <returns>The end of the attempt: what went wrong, null for nothing. Never fails.</returns>
    public Task<DriverException?> Begin()
    {
        _telescope.Use();
        lock (_gate)
        {
            _failure = null;
            if (_connected is not null)
            {
                return Task.FromResult<DriverException?>(null);
            }

            if (_attempt is null)
            {
                var attempt = new Attempt();
                _attempt = attempt;
                attempt.Work = Task.Run(() => ConnectAsync(attempt));
            }

            return _attempt.Work;
        }
    }

    /// <summary>Connects and waits until that is done.</summary>
    /// <exception cref="DriverException">The telescope cannot be reached, or the client has disconnected meanwhile.</exception>
    public void Connect()
    {
        if (Begin().GetAwaiter().GetResult() is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Ends the connection, or the attempt.</summary>
    public void Disconnect()
    {
        Attempt? attempt;
        (ConnectedCamera Camera, IDisposable Wish)? connected;
        lock (_gate)
        {
            (attempt, connected) = (_attempt, _connected);
            (_attempt, _failure, _connected) = (null, null, null);
        }

        attempt?.Abandon();
        connected?.Camera.Dispose();
        connected?.Wish.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Disconnect();

    private async Task<DriverException?> ConnectAsync(Attempt attempt)
    {
        // Where events are not to be had, the image port is the only one, and it is opened only when pictures are wanted.
        var wanted = _telescope.Session.Demand.Want(device.Wish);
        ConnectedCamera? camera = null;
        DriverException? failure;
        try
        {
            failure = await ReachAsync(attempt);
            camera = open();
        }
        catch (Exception exception)
        {
            // A bug, but the client that waits must hear of it.
            Log.Unexpected(logger, _telescope.Name, exception);
            failure = DriverException.DeviceFailure($"The camera could not be connected: {exception.Message}");
        }

        lock (_gate)
        {
            if (_attempt == attempt)
            {
                (_attempt, _failure) = (null, failure);
                _connected = failure is null ? (camera!, wanted) : null;
            }
            else
            {
                failure = DriverException.OperationCancelled("The camera was disconnected while it was being connected.");
            }
        }

        if (failure is not null)
        {
            wanted.Dispose();
        }

        return failure;
    }

    /// <summary>
    /// Waits until the telescope is reached; and where nothing is known of the size of its pictures, for a first one that is on its way, since the
    /// size is fixed from then on.
    /// </summary>
    private async Task<DriverException?> ReachAsync(Attempt attempt)
    {
        var started = time.GetTimestamp();
        IDisposable? sizing = null;
        _telescope.Session.RetryNow();
        try
        {
            return await ReachAsync(attempt, started, wish => sizing ??= _telescope.Session.Demand.Want(wish));
        }
        finally
        {
            sizing?.Dispose();
        }
    }

    private async Task<DriverException?> ReachAsync(Attempt attempt, long started, Action<FrameWish> wantForSize)
    {
        while (true)
        {
            var next = _telescope.Session.Changed.Next;
            var snapshot = _telescope.Session.Snapshot;
            var isReached = (snapshot.Events ? snapshot.Control : snapshot.Image).Phase is LinkPhase.Open or LinkPhase.AllInUse;
            var sizing = device.Sizing;
            if (sizing is { } wish)
            {
                wantForSize(wish);
            }

            var left = Patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || attempt.Abandoned.IsCompleted || (isReached && sizing is null && !control.IsUndecided))
            {
                return isReached ? null : DriverException.DeviceFailure(Unreached());
            }

            await Signal.WaitAsync(Task.WhenAny(next, attempt.Abandoned), left, time, CancellationToken.None);
        }
    }

    private string Unreached()
    {
        var state = _telescope.State;
        return state.Name == TelescopeStateName.Connecting
            ? $"{_telescope.Name} has not answered within {Patience.TotalSeconds:F0} s. Switch it on and check that it is on the same network."
            : state.Text;
    }

    private sealed class Attempt
    {
        private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<DriverException?> Work { get; set; } = Task.FromResult<DriverException?>(null);

        public Task Abandoned => _abandoned.Task;

        public void Abandon() => _abandoned.TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A camera of {Telescope} could not be connected for an unforeseen reason.", EventName = nameof(Unexpected))]
        public static partial void Unexpected(ILogger logger, string telescope, Exception exception);
    }
}
