using System.Collections.Concurrent;
using System.Threading.Channels;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Tests.Support;

/// <summary>A telescope in memory: every connection is accepted at once and handed to the test, which plays the telescope.</summary>
internal sealed class FakeTelescope(TimeProvider clock) : ITelescopeTransport
{
    private readonly ConcurrentQueue<(TelescopePort Port, DateTimeOffset At)> _attempts = [];

    public string Description => "the telescope";

    /// <summary>How connections to the control port that are opened from now on are answered.</summary>
    public Answers Answers { get; set; } = Seestar.Tests.Wire.Telescopes.Locked;

    /// <summary>What stands in the way of a connection; null for nothing.</summary>
    public Func<TelescopePort, Exception?> Obstacle { get; set; } = _ => null;

    public Channel<FakeControlPort> Controls { get; } = Channel.CreateUnbounded<FakeControlPort>();

    public Channel<FakeImagePort> Images { get; } = Channel.CreateUnbounded<FakeImagePort>();

    /// <summary>When a port was tried to be reached.</summary>
    public DateTimeOffset[] Attempts(TelescopePort port) => [.. _attempts.Where(attempt => attempt.Port == port).Select(attempt => attempt.At)];

    public ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken)
    {
        _attempts.Enqueue((port, clock.GetUtcNow()));
        if (Obstacle(port) is { } exception)
        {
            throw exception;
        }

        var pair = new StreamPair();
        if (port == TelescopePort.Control)
        {
            Controls.Writer.TryWrite(new FakeControlPort(pair.Telescope, Answers).Start());
        }
        else
        {
            Images.Writer.TryWrite(new FakeImagePort(pair.Telescope).Start());
        }

        return new ValueTask<Stream>(pair.Client);
    }
}
