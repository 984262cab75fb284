using System.Net.Sockets;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>An image port: 4800 or 4804 on a telescope.</summary>
internal sealed class ImageServer(Telescope telescope, IImageFeed feed, TimeProvider time)
{
    /// <summary>How long a client that is turned away may take to read why.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ZipForm _zip = new(telescope);
    private int _accepted;

    /// <summary>What has been asked for.</summary>
    public ImageTraffic Traffic { get; } = new();

    /// <summary>Serves one connection; one too many is told so, without a header, and closed (<c>seestar-protocol.md</c> §5.7).</summary>
    public async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        var seed = Hash.Mix((ulong)telescope.Options.Seed, (ulong)Interlocked.Increment(ref _accepted));
        var pieces = new PieceWriter(socket, telescope.Options.SmallPieces ? new Random((int)(seed & int.MaxValue)) : null);
        if (!Traffic.TryConnect(telescope.Faults.MostImageConnections))
        {
            await TurnAwayAsync(socket, pieces, cancellationToken);
            return;
        }

        try
        {
            using var idle = new IdleLimit(telescope.Options.IdleLimit, time, cancellationToken);
            using var attached = telescope.Faults.Attach(FaultPort.Image, pieces);
            await new ImageConnection(socket, feed, Traffic, new FrameWriter(pieces, telescope.Faults), _zip).ServeAsync(idle);
        }
        finally
        {
            Traffic.Disconnect();
        }
    }

    /// <summary>The client's own bytes are read before closing, since unread ones would turn the close into a reset that loses the line.</summary>
    private async Task TurnAwayAsync(Socket socket, PieceWriter pieces, CancellationToken cancellationToken)
    {
        var alert = new WireObject { ["Event"] = "Alert", ["Msg"] = "Exceed the maximum number of connections" };
        using var farewell = new IdleLimit(Farewell, time, cancellationToken);
        await pieces.WriteAsync(WireText.Line(alert), farewell.Token);
        socket.Shutdown(SocketShutdown.Send);
        var unread = new byte[1024];
        while (await socket.ReceiveAsync(unread, SocketFlags.None, farewell.Token) > 0)
        {
        }
    }
}
