using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>An image port: 4800 or 4804 on a telescope.</summary>
/// <param name="port">Which of the two.</param>
/// <param name="telescope">Whose.</param>
/// <param name="feed">Its pictures.</param>
/// <param name="bandwidth">What all image ports have together; null for no limit.</param>
/// <param name="time">Real time.</param>
internal sealed class ImageServer(RecordedPort port, Telescope telescope, IImageFeed feed, Bandwidth? bandwidth, TimeProvider time)
{
    /// <summary>How long a client that is turned away may take to read why.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly FrameForm _form = new(telescope);
    private int _accepted;

    /// <summary>What has been asked for.</summary>
    public ImageTraffic Traffic { get; } = new();

    /// <summary>Serves one connection; one too many is told so, without a header, and closed (<c>seestar-protocol.md</c> §5.7).</summary>
    public async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        var seed = Hash.Mix((ulong)telescope.Options.Seed, (ulong)Interlocked.Increment(ref _accepted));
        using var recorded = telescope.Options.Recorder?.Open(port, telescope.Options.SerialNumber);
        var pieces = new PieceWriter(socket, telescope.Options.SmallPieces ? new Random((int)(seed & int.MaxValue)) : null, bandwidth) { Recorded = recorded };
        if (!Traffic.TryConnect(telescope.Faults.MostImageConnections))
        {
            await TurnAwayAsync(socket, pieces, cancellationToken);
            return;
        }

        try
        {
            var (options, unknowns) = (telescope.Options, telescope.Options.Unknowns);
            var stray = options.StrayLine is { } line ? Encoding.UTF8.GetBytes(line + "\r\n") : [];
            using var idle = new IdleLimit(unknowns.ImageIdleLimit ?? options.IdleLimit, time, cancellationToken);
            using var attached = telescope.Faults.Attach(FaultPort.Image, pieces);
            await new ImageConnection(socket, feed, Traffic, new FrameWriter(pieces, stray, telescope.Faults), _form, unknowns) { Recorded = recorded }.ServeAsync(idle);
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
        if (telescope.Options.Unknowns.AlertHasMoreKeys)
        {
            alert.Insert(1, "Timestamp", telescope.Agenda.Enter(telescope.Events.Stamp));
            alert["max_connec_num"] = telescope.Options.MaxImageConnections;
        }

        using var farewell = new IdleLimit(Farewell, time, cancellationToken);
        await pieces.WriteAsync(WireText.Line(alert), farewell.Token);
        socket.Shutdown(SocketShutdown.Send);
        var unread = new byte[1024];
        while (await socket.ReceiveAsync(unread, SocketFlags.None, farewell.Token) > 0)
        {
        }
    }
}
