using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Video;

/// <summary>Whether a telescope's video answers, and if not, why.</summary>
/// <param name="Answers">Whether an RTSP server answered.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record RtspAnswer(bool Answers, string Reason);

/// <summary>Asks a telescope's RTSP port whether it is there; at most every 10 s for each telescope.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class RtspProbe(TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly byte[] Request = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"u8.ToArray();

    private readonly ConcurrentDictionary<Guid, (long At, Task<RtspAnswer> Answer)> _answers = [];

    /// <summary>The last answer, or a new one where that is old.</summary>
    public Task<RtspAnswer> AskAsync(Telescope telescope) =>
        _answers.AddOrUpdate(
            telescope.Record.Id,
            _ => (time.GetTimestamp(), ProbeAsync(telescope)),
            (_, known) => time.GetElapsedTime(known.At) < Freshness ? known : (time.GetTimestamp(), ProbeAsync(telescope))).Answer;

    private async Task<RtspAnswer> ProbeAsync(Telescope telescope)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(telescope.Address.Host, telescope.Address.RtspPort, patience.Token);
            await socket.SendAsync(Request, patience.Token);
            var reply = new byte[256];
            var read = await socket.ReceiveAsync(reply, patience.Token);
            return Encoding.ASCII.GetString(reply, 0, read).StartsWith("RTSP/1.", StringComparison.Ordinal)
                ? new RtspAnswer(true, "The video answers.")
                : new RtspAnswer(false, "Something answers on the video port that is no video.");
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return new RtspAnswer(false, "The video does not answer now. The telescope opens it in the scenery, Sun, Moon and planet modes only.");
        }
    }
}
