using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>Whom the control link serves.</summary>
internal interface IControlLinkOwner
{
    /// <summary>Whether the connection may be given up for now: nobody is there and the telescope sleeps.</summary>
    bool ControlMayRest { get; }

    void ControlLinkChanged(LinkPhase phase, string? problem);

    void AccessChanged(Access access);

    void Happened(TelescopeEvent happened);

    void Learnt(Func<TelescopeObservation, TelescopeObservation> change);

    /// <summary>The connection has been opened, again or for the first time: events may have been missed.</summary>
    void EventsMissed();
}

/// <summary>
/// Holds the connection to a telescope's control port: reads events always, asks for state where that is allowed, and is a well-behaved spectator
/// where it is not.
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
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(4);

    /// <summary>State is read at most every 10 s; events tell the rest.</summary>
    private static readonly TimeSpan QueryInterval = TimeSpan.FromSeconds(12);

    private static readonly Backoff AfterFailure = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    private SpectatorManners _manners;
    private bool _answered;
    private bool _ignored;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            await RestAsync(cancellationToken);
            owner.ControlLinkChanged(LinkPhase.Connecting, null);

            (_answered, _ignored) = (false, false);
            var opened = time.GetTimestamp();
            TimeSpan pause;
            try
            {
                await using var stream = await transport.ConnectAsync(TelescopePort.Control, cancellationToken);
                opened = time.GetTimestamp();
                failures = 0;
                owner.EventsMissed();
                owner.ControlLinkChanged(LinkPhase.Open, null);
                Log.Opened(logger, transport.Description);
                await ServeAsync(stream, cancellationToken);
                owner.ControlLinkChanged(LinkPhase.Released, null);
                continue;
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException)
            {
                var lasted = time.GetElapsedTime(opened);
                owner.ControlLinkChanged(LinkPhase.Failed, exception.Message);
                if (failures == 0 && lasted > TimeSpan.Zero)
                {
                    _manners = _manners.Closed(lasted, _ignored && !_answered);
                }

                failures++;
                var backoff = AfterFailure.Delay(failures, random);
                var polite = SpectatorManners.Pause(lasted);
                pause = !_manners.MaySend && polite > backoff ? polite : backoff;
                Log.Lost(logger, transport.Description, exception.Message, pause.TotalSeconds);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task RestAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = changed.Next;
            if (!owner.ControlMayRest)
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var connection = new ControlConnection(stream, owner.Happened, time, logger);
        Task[] parts = [ReadAsync(connection, ending.Token), AttendAsync(connection, ending.Token)];
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        await connection.DisposeAsync();
        await Task.WhenAll(parts).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await (parts[0].IsFaulted && !first.IsCompletedSuccessfully ? parts[0] : first);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task ReadAsync(ControlConnection connection, CancellationToken cancellationToken)
    {
        await connection.RunAsync(cancellationToken);
        throw new IOException("The telescope closed its control port.");
    }

    /// <summary>Finds out what is allowed, then keeps the connection alive and the state fresh until the connection may rest.</summary>
    private async Task AttendAsync(ControlConnection connection, CancellationToken cancellationToken)
    {
        var access = Access.Spectator;
        if (_manners.MaySend)
        {
            access = await authentication.OpenAsync(connection, cancellationToken);
        }

        owner.AccessChanged(access);
        Log.Access(logger, transport.Description, access);

        var opened = time.GetTimestamp();
        long? asked = null;
        while (!owner.ControlMayRest)
        {
            if (access is Access.Unlocked or Access.Verified && (asked is null || time.GetElapsedTime(asked.Value) >= QueryInterval))
            {
                asked = time.GetTimestamp();
                await QueryAsync(connection, cancellationToken);
            }
            else if (_manners.MaySend)
            {
                await HeartbeatAsync(connection, access, cancellationToken);
            }
            else
            {
                _manners = _manners.Lasted(time.GetElapsedTime(opened));
            }

            await Task.Delay(HeartbeatInterval, time, cancellationToken);
        }
    }

    private async Task QueryAsync(ControlConnection connection, CancellationToken cancellationToken)
    {
        var keys = new JsonObject { ["keys"] = new JsonArray([.. QueryReader.DeviceStateKeys.Select(key => (JsonNode)key)]) };
        await LearnAsync("get_device_state", keys, QueryReader.ApplyDeviceState);
        await LearnAsync("get_view_state", null, QueryReader.ApplyViewState);

        async Task LearnAsync(string method, JsonNode? parameters, Func<TelescopeObservation, JsonElement, DateTimeOffset, TelescopeObservation> apply)
        {
            try
            {
                var answer = await connection.RequestAsync(method, parameters, null, cancellationToken);
                owner.Learnt(known => apply(known, answer, time.GetUtcNow()));
            }
            catch (Exception exception) when (exception is TelescopeException or TimeoutException)
            {
                Log.Unanswered(logger, transport.Description, exception.Message);
            }
        }
    }

    private async Task HeartbeatAsync(ControlConnection connection, Access access, CancellationToken cancellationToken)
    {
        try
        {
            await connection.RequestAsync("test_connection", null, HeartbeatInterval, cancellationToken);
            _answered = true;
        }
        catch (TelescopeException)
        {
            _answered = true;
        }
        catch (TimeoutException)
        {
            _ignored = access is Access.Spectator or Access.KeyRefused;
        }

        _manners = _answered ? _manners.Answered() : _manners;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The control port of {Telescope} is open.", EventName = nameof(Opened))]
        public static partial void Opened(ILogger logger, string telescope);

        [LoggerMessage(2, LogLevel.Information, "{Telescope} grants: {Access}.", EventName = nameof(Access))]
        public static partial void Access(ILogger logger, string telescope, Access access);

        [LoggerMessage(3, LogLevel.Warning, "The control port of {Telescope} was lost: {Problem} The next try follows in {Pause:F0} s.", EventName = nameof(Lost))]
        public static partial void Lost(ILogger logger, string telescope, string problem, double pause);

        [LoggerMessage(4, LogLevel.Debug, "{Telescope} gave no state: {Problem}", EventName = nameof(Unanswered))]
        public static partial void Unanswered(ILogger logger, string telescope, string problem);
    }
}
