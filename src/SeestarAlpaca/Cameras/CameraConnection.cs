using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>
/// One client's connection to a telescope: made when the telescope is reached, and a wish for its stacks as long as it lasts. Connecting and
/// disconnecting are idempotent, and what was asked for last holds.
/// </summary>
/// <remarks>Thread safe. A telescope that is lost later leaves the connection as it is: its Wi-Fi may blink.</remarks>
internal sealed class CameraConnection(Telescope telescope, TimeProvider time) : IDisposable
{
    /// <summary>Clients wait 5 s for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Attempt? _attempt;
    private DriverException? _failure;
    private IDisposable? _wish;

    /// <summary>Whether the telescope was reached and the client has not disconnected since.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
            {
                return _wish is not null;
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
    /// <returns>The end of the attempt; never fails.</returns>
    public Task Begin()
    {
        telescope.Use();
        lock (_gate)
        {
            _failure = null;
            if (_wish is not null)
            {
                return Task.CompletedTask;
            }

            if (_attempt is null)
            {
                var attempt = new Attempt(new CancellationTokenSource());
                _attempt = attempt;
                attempt.Work = Task.Run(() => ConnectAsync(attempt));
            }

            return _attempt.Work;
        }
    }

    /// <summary>Connects and waits until that is done.</summary>
    /// <exception cref="DriverException">The telescope cannot be reached.</exception>
    public void Connect()
    {
        Begin().GetAwaiter().GetResult();
        lock (_gate)
        {
            if (_failure is { } failure)
            {
                throw failure;
            }
        }
    }

    /// <summary>Ends the connection, or the attempt.</summary>
    public void Disconnect()
    {
        lock (_gate)
        {
            _attempt?.Cancel.Cancel();
            (_attempt, _failure) = (null, null);
            _wish?.Dispose();
            _wish = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Disconnect();

    private async Task ConnectAsync(Attempt attempt)
    {
        // Where events are not to be had, the image port is the only one, and it is opened only when pictures are wanted.
        var wish = telescope.Session.Demand.Want(FrameWish.Stacks);
        DriverException? failure = null;
        try
        {
            if (!await ReachAsync(attempt.Cancel.Token))
            {
                failure = DriverException.DeviceFailure(telescope.State.Text);
            }
        }
        catch (OperationCanceledException)
        {
        }

        lock (_gate)
        {
            if (_attempt == attempt)
            {
                _attempt = null;
                _failure = failure;
                _wish = failure is null ? wish : null;
            }

            if (_wish != wish)
            {
                wish.Dispose();
            }
        }

        attempt.Cancel.Dispose();
    }

    /// <summary>
    /// Waits until the telescope is reached; and where nothing is known of the size of its stacks, for a first one that is on its way, since the
    /// size is fixed from then on.
    /// </summary>
    private async Task<bool> ReachAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        telescope.Session.RetryNow();
        while (true)
        {
            var next = telescope.Session.Changed.Next;
            var snapshot = telescope.Session.Snapshot;
            var isReached = (snapshot.Events ? snapshot.Control : snapshot.Image).Phase is LinkPhase.Open or LinkPhase.AllInUse;
            var isSizeComing = snapshot is { Stack: null, Telescope.Announced: not null } && telescope.Record.StackWidth == 0;
            var left = Patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || (isReached && !isSizeComing))
            {
                return isReached;
            }

            await Signal.WaitAsync(next, left, time, cancellationToken);
        }
    }

    private sealed class Attempt(CancellationTokenSource cancel)
    {
        public CancellationTokenSource Cancel { get; } = cancel;

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
