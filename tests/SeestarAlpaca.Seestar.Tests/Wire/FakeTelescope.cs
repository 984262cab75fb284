using System.Collections.Concurrent;
using System.Threading.Channels;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Wire;

/// <summary>A telescope in memory: every connection is answered by the test, which plays the telescope.</summary>
internal sealed class FakeTelescope(TimeProvider clock) : ITelescopeTransport
{
    private readonly ConcurrentQueue<(TelescopePort Port, DateTimeOffset At)> _attempts = [];
    private readonly Channel<Call>[] _calls = [Channel.CreateUnbounded<Call>(), Channel.CreateUnbounded<Call>(), Channel.CreateUnbounded<Call>()];

    public string Description => "the telescope";

    /// <summary>How connections to the control port that are accepted from now on are answered.</summary>
    public Answers Answers { get; set; } = Telescopes.Locked;

    /// <summary>What stands in the way of a connection; null for nothing.</summary>
    public Func<TelescopePort, Exception?> Obstacle { get; set; } = _ => null;

    /// <summary>When a port was tried to be reached.</summary>
    public DateTimeOffset[] Attempts(TelescopePort port) => [.. _attempts.Where(attempt => attempt.Port == port).Select(attempt => attempt.At)];

    /// <summary>Waits until somebody wants to connect; the connection stays unanswered until it is accepted.</summary>
    public Task CalledAsync(TelescopePort port, CancellationToken cancellationToken) =>
        _calls[(int)port].Reader.WaitToReadAsync(cancellationToken).AsTask();

    /// <summary>Accepts the next connection to the control port.</summary>
    public async Task<FakeControlPort> AcceptControlAsync(CancellationToken cancellationToken)
    {
        var call = await _calls[(int)TelescopePort.Control].Reader.ReadAsync(cancellationToken);
        var control = new FakeControlPort(call.Pair.Telescope, Answers).Start();
        call.Accepted.SetResult();
        return control;
    }

    /// <summary>Accepts the next connection to an image port, the telephoto camera's unless said otherwise.</summary>
    public async Task<FakeImagePort> AcceptImageAsync(CancellationToken cancellationToken, TelescopePort port = TelescopePort.Image)
    {
        var call = await _calls[(int)port].Reader.ReadAsync(cancellationToken);
        var image = new FakeImagePort(call.Pair.Telescope).Start();
        call.Accepted.SetResult();
        return image;
    }

    public async ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken)
    {
        _attempts.Enqueue((port, clock.GetUtcNow()));
        if (Obstacle(port) is { } exception)
        {
            throw exception;
        }

        var call = new Call(new StreamPair(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _calls[(int)port].Writer.TryWrite(call);
        await call.Accepted.Task.WaitAsync(cancellationToken);
        return call.Pair.Client;
    }

    private sealed record Call(StreamPair Pair, TaskCompletionSource Accepted);
}
