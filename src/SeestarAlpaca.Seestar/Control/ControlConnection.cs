using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>
/// One connection to a telescope's control port (4700): requests go out as JSON lines, replies are matched by id, events are handed on as they come.
/// </summary>
/// <remarks>Thread safe. <see cref="RunAsync"/> must be running for requests to be answered; it ends with the connection.</remarks>
/// <param name="stream">The connection; disposed with this object.</param>
/// <param name="onEvent">Called for each event, in order, from the reading loop; must not block.</param>
/// <param name="time">Measures the wait for replies.</param>
/// <param name="logger">Told what was ignored.</param>
public sealed partial class ControlConnection(Stream stream, Action<TelescopeEvent> onEvent, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>How long a reply may take unless said otherwise. A telescope that stacks can take about 10 s (<c>seestar-protocol.md</c> §3.2).</summary>
    public static readonly TimeSpan DefaultReplyTimeout = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<long, Waiting> _waiting = [];
    private readonly SemaphoreSlim _writing = new(1);
    private long _lastId;
    private long _heardAt = time.GetTimestamp();
    private bool _understood;
    private volatile bool _ended;

    /// <summary>How long nothing has come from the telescope.</summary>
    public TimeSpan SilentFor => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>Reads until the telescope closes the connection or the token is cancelled. Outstanding requests then fail.</summary>
    /// <exception cref="IOException">The connection broke, or closed inside a line.</exception>
    /// <exception cref="InvalidDataException">What answers is no telescope: its first line is no JSON object, or a line has no end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            await foreach (var line in ControlLines.ReadAsync(input, cancellationToken))
            {
                Volatile.Write(ref _heardAt, time.GetTimestamp());
                Take(Read(line));
            }
        }
        finally
        {
            _ended = true;
            await input.CompleteAsync();
            foreach (var id in _waiting.Keys)
            {
                if (_waiting.TryRemove(id, out var waiting))
                {
                    waiting.Reply.TrySetException(Ended());
                }
            }
        }
    }

    /// <summary>Sends a request and waits for its reply.</summary>
    /// <param name="method">As in <c>seestar-protocol.md</c> §4.</param>
    /// <param name="parameters">Any JSON; null for none. Becomes part of the request.</param>
    /// <param name="timeout">How long to wait; null for <see cref="DefaultReplyTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reply's result; undefined when it has none.</returns>
    /// <exception cref="TelescopeException">The telescope refused.</exception>
    /// <exception cref="TimeoutException">No reply came: locked firmware ignores what it does not allow.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    public Task<JsonElement> RequestAsync(string method, JsonNode? parameters, TimeSpan? timeout, CancellationToken cancellationToken) =>
        RequestAsync(method, parameters, timeout, null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _writing.Dispose();
    }

    /// <summary>As the public one; a result is also handed on from the reading loop, in its true order among the events.</summary>
    internal async Task<JsonElement> RequestAsync(
        string method, JsonNode? parameters, TimeSpan? timeout, Action<JsonElement>? onResult, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(new TaskCompletionSource<ReplyMessage>(TaskCreationOptions.RunContinuationsAsynchronously), onResult);
        var id = Interlocked.Increment(ref _lastId);
        _waiting[id] = waiting;
        try
        {
            // Looked at after the entry was made: a reading loop that ends now finds the entry, one that has ended is seen here.
            if (_ended)
            {
                throw Ended();
            }

            await SendAsync(ControlRequest.Build(id, method, parameters), cancellationToken);
            var reply = await waiting.Reply.Task.WaitAsync(timeout ?? DefaultReplyTimeout, time, cancellationToken);
            return reply.Code == 0 ? reply.Result : throw new TelescopeException(method, reply.Code, reply.Error);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The telescope did not answer {method}.", exception);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    private static IOException Ended() => new("The telescope closed the connection before it answered.");

    private async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        try
        {
            await _writing.WaitAsync(cancellationToken);
            try
            {
                // Not cancelled half-way: after half a line the telescope would understand nothing more. Closing the connection ends it.
                await stream.WriteAsync(line, CancellationToken.None);
                await stream.FlushAsync(CancellationToken.None);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new IOException("The connection to the telescope is closed.", exception);
        }
    }

    /// <summary>
    /// Reads a line. A telescope is known to send broken JSON now and then (<c>seestar-protocol.md</c> §2.3), and the next line is whole again; but what
    /// begins with it is no telescope.
    /// </summary>
    private ControlMessage? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            var message = ControlMessage.Parse(line);
            _understood = true;
            return message;
        }
        catch (InvalidDataException exception) when (_understood)
        {
            Log.Unreadable(logger, exception.Message);
            return null;
        }
    }

    private void Take(ControlMessage? message)
    {
        switch (message)
        {
            case EventMessage { Event: var happened }:
                onEvent(happened);
                break;
            case ReplyMessage reply when _waiting.TryRemove(reply.Id, out var waiting):
                if (reply.Code == 0)
                {
                    waiting.OnResult?.Invoke(reply.Result);
                }

                waiting.Reply.TrySetResult(reply);
                break;
            case ReplyMessage reply:
                Log.Unexpected(logger, reply.Id);
                break;
        }
    }

    private sealed record Waiting(TaskCompletionSource<ReplyMessage> Reply, Action<JsonElement>? OnResult);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A reply with id {Id} came that nobody waits for (any longer).", EventName = nameof(Unexpected))]
        public static partial void Unexpected(ILogger logger, long id);

        [LoggerMessage(2, LogLevel.Debug, "A line is left out: {Problem}", EventName = nameof(Unreadable))]
        public static partial void Unreadable(ILogger logger, string problem);
    }
}
