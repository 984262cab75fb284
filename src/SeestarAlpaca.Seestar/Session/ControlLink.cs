using Microsoft.Extensions.Logging;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>Whom the control link serves.</summary>
internal interface IControlLinkOwner
{
    /// <summary>Whether the connection may be given up for now: nobody is there and the telescope sleeps.</summary>
    bool ControlMayRest { get; }

    /// <summary>The connection is another, or in another phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="problem">What went wrong; null for nothing.</param>
    /// <param name="silent">For how long nothing had been heard before: what happened then was missed.</param>
    void ControlLinkChanged(LinkPhase phase, string? problem, TimeSpan silent = default);

    /// <summary>Events stop coming for the moment that a connection which was closed as expected takes to be opened again.</summary>
    void EventsInterrupted();

    /// <summary>The connection has been opened, again or for the first time: events may have been missed.</summary>
    void EventsMissed();

    void AccessChanged(Access access);

    void Happened(TelescopeEvent happened);

    /// <summary>An answer changes what is known. Called in the answer's true order among the events.</summary>
    void Learnt(Func<TelescopeObservation, TelescopeObservation> change);
}

/// <summary>
/// Holds the connection to a telescope's control port: opens it again whenever it ends, at the pace that <see cref="SpectatorManners"/> allow, and lets
/// it rest while the telescope sleeps and nobody is there.
/// </summary>
/// <param name="owner">Whom it serves.</param>
/// <param name="transport">Opens connections.</param>
/// <param name="authentication">Finds out what is allowed.</param>
/// <param name="changed">Pulsed when somebody may want the connection.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Jitter.</param>
/// <param name="logger">Told of connections.</param>
internal sealed partial class ControlLink(
    IControlLinkOwner owner,
    ITelescopeTransport transport,
    Authentication authentication,
    Signal changed,
    TimeProvider time,
    Random random,
    ILogger logger)
{
    private static readonly Backoff AfterFailure = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    /// <summary>A connection that lasted this long was a good one: the next pause is the shortest again.</summary>
    private static readonly TimeSpan Settled = SpectatorManners.IdleLimit - TimeSpan.FromSeconds(2);

    private readonly Signal _retry = new();
    private readonly ControlVisit _visit = new(owner, authentication, time, logger);
    private int _failures;
    private bool _interrupted;
    private bool _unreached;

    /// <summary>Sends a command and waits for the telescope to accept it.</summary>
    /// <exception cref="TelescopeException">The telescope refused.</exception>
    /// <exception cref="TimeoutException">It did not answer.</exception>
    /// <exception cref="IOException">There is no connection that takes commands, or it ended.</exception>
    public async Task SendAsync(TelescopeCommand command, CancellationToken cancellationToken)
    {
        var connection = _visit.Commands ?? throw new IOException("There is no connection to the telescope that takes commands.");
        await connection.RequestAsync(command.Method, command.Parameters, command.Timeout, _ => owner.Learnt(command.Effect), cancellationToken);
    }

    /// <summary>Ends a pause after a connection that could not be opened; after one that the telescope ended, the pause is kept.</summary>
    public void RetryNow() => _retry.Pulse();

    /// <summary>Runs until cancelled, whatever happens to connections.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await RestAsync(cancellationToken);
                if (!_interrupted)
                {
                    owner.ControlLinkChanged(LinkPhase.Connecting, null);
                }

                var retry = _retry.Next;
                if (await ServeAsync(cancellationToken) is { } pause)
                {
                    // A pause that spares a telescope is kept; one that waits for a telescope to come may end early.
                    await (_unreached ? Signal.WaitAsync(retry, pause, time, cancellationToken) : Task.Delay(pause, time, cancellationToken));
                }
            }
        }
        finally
        {
            owner.ControlLinkChanged(LinkPhase.Released, null);
        }
    }

    /// <summary>Serves one connection.</summary>
    /// <returns>How long to stay away; null when the connection was given up because it may rest.</returns>
    private async Task<TimeSpan?> ServeAsync(CancellationToken cancellationToken)
    {
        long? opened = null;
        try
        {
            await using var stream = await transport.ConnectAsync(TelescopePort.Control, cancellationToken);
            opened = time.GetTimestamp();
            owner.EventsMissed();
            owner.ControlLinkChanged(LinkPhase.Open, null);
            Log.Opened(logger, _interrupted ? LogLevel.Debug : LogLevel.Information, transport.Description);
            await _visit.RunAsync(stream, transport.Description, cancellationToken);
            owner.ControlLinkChanged(LinkPhase.Released, null);
            Log.Resting(logger, transport.Description);
            (_failures, _interrupted) = (0, false);
            return null;
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Failed(exception, opened is { } since ? time.GetElapsedTime(since) : null);
        }
    }

    /// <summary>Decides how long to stay away.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="lasted">How long the connection had lasted; null when it could not be opened.</param>
    private TimeSpan Failed(Exception exception, TimeSpan? lasted)
    {
        var polite = TimeSpan.Zero;
        (_interrupted, _unreached) = (false, lasted is null);
        if (lasted is { } duration)
        {
            _visit.Ended(duration);
            polite = _visit.IsWelcome ? TimeSpan.Zero : SpectatorManners.Pause(duration);
            if (_visit.Manners.IsIdleLimit(duration))
            {
                _interrupted = true;
                _failures = 0;
                owner.EventsInterrupted();
                return polite;
            }
        }

        _failures = lasted >= Settled ? 1 : _failures + 1;
        var backoff = AfterFailure.Delay(_failures, random);
        var pause = polite > backoff ? polite : backoff;
        var failure = new LinkFailure(exception, _failures);
        owner.ControlLinkChanged(LinkPhase.Failed, failure.Problem, (exception as SilentConnectionException)?.Silence ?? default);
        Log.Lost(logger, failure.Level, transport.Description, failure.Problem, pause.TotalSeconds, failure.Details);
        return pause;
    }

    private async Task RestAsync(CancellationToken cancellationToken)
    {
        for (var next = changed.Next; owner.ControlMayRest; next = changed.Next)
        {
            await next.WaitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The control port of {Telescope} is open.", EventName = nameof(Opened))]
        public static partial void Opened(ILogger logger, LogLevel level, string telescope);

        [LoggerMessage(EventId = 2, Message = "The control port of {Telescope} was lost: {Problem} The next try follows in {Pause:F0} s.", EventName = nameof(Lost))]
        public static partial void Lost(ILogger logger, LogLevel level, string telescope, string problem, double pause, Exception? exception);

        [LoggerMessage(3, LogLevel.Information, "{Telescope} sleeps and nobody is there; its control port is closed until somebody comes.", EventName = nameof(Resting))]
        public static partial void Resting(ILogger logger, string telescope);
    }
}
