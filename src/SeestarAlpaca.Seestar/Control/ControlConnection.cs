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

    private readonly ConcurrentDictionary<long, TaskCompletionSource<ReplyMessage>> _waiting = [];
    private readonly SemaphoreSlim _writing = new(1);
    private long _lastId;

    /// <summary>Reads until the telescope closes the connection or the token is cancelled. Outstanding requests then fail.</summary>
    /// <exception cref="IOException">The connection broke, or closed inside a line.</exception>
    /// <exception cref="InvalidDataException">The telescope sent what cannot be a message.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            await foreach (var message in ControlLines.ReadAsync(input, cancellationToken))
            {
                Take(message);
            }
        }
        finally
        {
            await input.CompleteAsync();
            foreach (var id in _waiting.Keys)
            {
                if (_waiting.TryRemove(id, out var waiting))
                {
                    waiting.TrySetException(new IOException("The telescope closed the connection before it answered."));
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
    public async Task<JsonElement> RequestAsync(string method, JsonNode? parameters, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var waiting = new TaskCompletionSource<ReplyMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Interlocked.Increment(ref _lastId);
        _waiting[id] = waiting;
        try
        {
            await SendAsync(ControlRequest.Build(id, method, parameters), cancellationToken);
            var reply = await waiting.Task.WaitAsync(timeout ?? DefaultReplyTimeout, time, cancellationToken);
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _writing.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync(line, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Take(ControlMessage message)
    {
        switch (message)
        {
            case EventMessage { Event: var happened }:
                onEvent(happened);
                break;
            case ReplyMessage reply when _waiting.TryRemove(reply.Id, out var waiting):
                waiting.TrySetResult(reply);
                break;
            case ReplyMessage reply:
                Log.Unexpected(logger, reply.Id);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A reply with id {Id} came that nobody waits for (any longer).", EventName = nameof(Unexpected))]
        public static partial void Unexpected(ILogger logger, long id);
    }
}
