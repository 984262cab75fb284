using System.Net.Sockets;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>The control port, 4700 on a telescope, or its second listener, 4701.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="keys">What opens locked firmware.</param>
/// <param name="time">Real time.</param>
/// <param name="guest">Whether it is the second listener, which answers a few questions and tells no events.</param>
internal sealed class ControlServer(Telescope telescope, KeyPair keys, TimeProvider time, bool guest = false)
{
    private int _connections;
    private int _accepted;

    /// <summary>What clients have sent.</summary>
    public ControlTraffic Traffic { get; } = new();

    /// <summary>Connections at this moment.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Serves one connection; one too many is closed at once.</summary>
    public async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            var number = Interlocked.Increment(ref _accepted);
            if (Interlocked.Increment(ref _connections) <= telescope.Options.MaxControlConnections)
            {
                var seed = (int)(Hash.Mix((ulong)telescope.Options.Seed, (ulong)number) & int.MaxValue);
                using var recorded = guest ? null : telescope.Options.Recorder?.Open(RecordedPort.Control, telescope.Options.SerialNumber);
                var writer = new PieceWriter(socket, telescope.Options.SmallPieces ? new Random(seed) : null) { Recorded = recorded };
                using var attached = telescope.Faults.Attach(FaultPort.Control, writer);
                using var idle = new IdleLimit(telescope.Options.IdleLimit, time, cancellationToken);
                await new ControlConnection(socket, telescope, new Guard(telescope, keys, new Random(seed), guest), Traffic, writer, guest).ServeAsync(idle);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
