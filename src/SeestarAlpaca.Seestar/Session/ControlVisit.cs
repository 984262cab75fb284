using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// What happens on one open connection to the control port: finds out what is allowed, reads events always, asks for state where that is allowed, and
/// is a well-behaved spectator where it is not. What is learnt about the telescope's manners outlives connections.
/// </summary>
/// <param name="owner">Whom it serves.</param>
/// <param name="authentication">Finds out what is allowed.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told what is allowed.</param>
internal sealed partial class ControlVisit(IControlLinkOwner owner, Authentication authentication, TimeProvider time, ILogger logger)
{
    /// <summary>The official app's interval; a silent client is dropped after about 16 s (<c>seestar-protocol.md</c> §3.2).</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(4);

    /// <summary>State is read at most every 10 s; events tell the rest.</summary>
    public static readonly TimeSpan QueryInterval = TimeSpan.FromSeconds(12);

    /// <summary>A telescope that has answered and says nothing more for so long is gone.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    /// <summary>One that ignores us tells of its temperatures every few seconds, but is not bound to.</summary>
    private static readonly TimeSpan LongestDisregard = TimeSpan.FromSeconds(60);

    private Access _access = Access.Spectator;
    private bool _answered;
    private bool _ignored;
    private volatile ControlConnection? _commands;

    /// <summary>What is known of how the telescope treats a spectator.</summary>
    public SpectatorManners Manners { get; private set; }

    /// <summary>Whether the telescope answered this connection's heartbeats, or allowed it commands.</summary>
    public bool IsWelcome => _answered || IsOpen;

    /// <summary>The connection while it takes commands; null otherwise.</summary>
    public ControlConnection? Commands => _commands;

    private bool IsOpen => _access is Access.Unlocked or Access.Verified;

    /// <summary>Serves a connection until it may rest.</summary>
    /// <exception cref="IOException">The connection ended.</exception>
    /// <exception cref="InvalidDataException">What answers is no telescope.</exception>
    public async Task RunAsync(Stream stream, string telescope, CancellationToken cancellationToken)
    {
        (_answered, _ignored) = (false, false);
        _access = _access == Access.KeyRefused ? Access.KeyRefused : Access.Spectator;

        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = new ControlConnection(stream, owner.Happened, time, logger);
        try
        {
            await ConnectionParts.RunAsync(
                connection,
                token => ReadAsync(connection, token),
                [token => AttendAsync(connection, telescope, admitted, token), token => QueryAsync(connection, telescope, admitted.Task, token)],
                time,
                cancellationToken);
        }
        finally
        {
            _commands = null;
        }
    }

    /// <summary>Learns from the end of a connection.</summary>
    /// <param name="lasted">How long it had lasted.</param>
    public void Ended(TimeSpan lasted) => Manners = Manners.Closed(lasted, _ignored && !IsWelcome);

    private static async Task ReadAsync(ControlConnection connection, CancellationToken cancellationToken)
    {
        await connection.RunAsync(cancellationToken);
        throw new IOException("The telescope closed its control port.");
    }

    /// <summary>Finds out what is allowed, then keeps the connection alive until it may rest.</summary>
    private async Task AttendAsync(ControlConnection connection, string telescope, TaskCompletionSource admitted, CancellationToken cancellationToken)
    {
        if (Manners.MaySend)
        {
            _access = await authentication.OpenAsync(connection, cancellationToken);
            _commands = IsOpen ? connection : null;
            admitted.SetResult();
        }

        owner.AccessChanged(_access);
        Log.Access(logger, telescope, _access);

        var opened = time.GetTimestamp();
        using var timer = new PeriodicTimer(HeartbeatInterval, time);
        while (!owner.ControlMayRest)
        {
            if (Manners.MaySend)
            {
                ThrowIfSilent(connection.SilentFor);
                await HeartbeatAsync(connection, cancellationToken);
            }
            else
            {
                Manners = Manners.Lasted(time.GetElapsedTime(opened));
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private void ThrowIfSilent(TimeSpan silence)
    {
        if (silence >= (IsWelcome ? LongestSilence : LongestDisregard))
        {
            throw new SilentConnectionException("control port", silence);
        }
    }

    private async Task HeartbeatAsync(ControlConnection connection, CancellationToken cancellationToken)
    {
        // Until it is answered; the telescope may end the connection instead.
        _ignored = true;
        try
        {
            await connection.RequestAsync("test_connection", null, HeartbeatInterval, cancellationToken);
        }
        catch (TelescopeException)
        {
            // A refusal is an answer, too.
        }
        catch (TimeoutException)
        {
            return;
        }

        _answered = true;
        Manners = SpectatorManners.Answered;
    }

    private async Task QueryAsync(ControlConnection connection, string telescope, Task admitted, CancellationToken cancellationToken)
    {
        await admitted.WaitAsync(cancellationToken);
        if (!IsOpen)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        var isGainTold = true;
        var isTemperatureTold = true;
        for (var isFirst = true; ; isFirst = false)
        {
            var keys = new JsonObject { ["keys"] = new JsonArray([.. QueryReader.DeviceStateKeys.Select(key => (JsonNode)key)]) };
            await LearnAsync(connection, telescope, "get_device_state", keys, QueryReader.ApplyDeviceState, cancellationToken);
            await LearnAsync(connection, telescope, "get_view_state", null, QueryReader.ApplyViewState, cancellationToken);
            if (isFirst)
            {
                await LearnAsync(connection, telescope, "get_controls", null, QueryReader.ApplyControls, cancellationToken);
            }

            // What a telescope does not tell once it is not asked for again on this connection.
            isGainTold = isGainTold && await LearnAsync(connection, telescope, "get_control_value", new JsonArray("Gain"), QueryReader.ApplyGain, cancellationToken);
            isTemperatureTold = isTemperatureTold
                && await LearnAsync(connection, telescope, "get_control_value", new JsonArray("Temperature"), QueryReader.ApplyTemperature, cancellationToken);
            await Task.Delay(QueryInterval, time, cancellationToken);
        }
    }

    /// <summary>Asks for state.</summary>
    /// <returns>Whether the telescope told it.</returns>
    private async Task<bool> LearnAsync(
        ControlConnection connection,
        string telescope,
        string method,
        JsonNode? parameters,
        Func<TelescopeObservation, JsonElement, DateTimeOffset, TelescopeObservation> apply,
        CancellationToken cancellationToken)
    {
        try
        {
            await connection.RequestAsync(
                method, parameters, null, answer => owner.Learnt(known => apply(known, answer, time.GetUtcNow())), cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TelescopeException or TimeoutException)
        {
            Log.Unanswered(logger, telescope, exception.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Telescope} grants: {Access}.", EventName = nameof(Access))]
        public static partial void Access(ILogger logger, string telescope, Access access);

        [LoggerMessage(2, LogLevel.Debug, "{Telescope} gave no state: {Problem}", EventName = nameof(Unanswered))]
        public static partial void Unanswered(ILogger logger, string telescope, string problem);
    }
}
