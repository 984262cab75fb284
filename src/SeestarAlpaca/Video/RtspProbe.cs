using System.Net.Sockets;
using System.Runtime.CompilerServices;
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
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly byte[] Request = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"u8.ToArray();
    private static readonly byte[] Version = "RTSP/1."u8.ToArray();

    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<Telescope, Asked> _asked = [];

    /// <summary>The last answer, or a new one where that is old; within a second.</summary>
    public Task<RtspAnswer> AskAsync(Telescope telescope)
    {
        lock (_gate)
        {
            if (!_asked.TryGetValue(telescope, out var asked) || time.GetElapsedTime(asked.At) >= Freshness)
            {
                asked = new Asked(time.GetTimestamp(), ProbeAsync(telescope));
                _asked.AddOrUpdate(telescope, asked);
            }

            return asked.Answer;
        }
    }

    private async Task<RtspAnswer> ProbeAsync(Telescope telescope)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return telescope.Address is { } address && await IsRtspAsync(address.Host, address.RtspPort, patience.Token)
                ? new RtspAnswer(true, "The video answers.")
                : new RtspAnswer(false, telescope.Address is null ? "It is not known where the telescope is." : "Something answers on the video port that is no video.");
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return new RtspAnswer(false, "The video does not answer now. The telescope opens it in the scenery, Sun, Moon and planet modes only.");
        }
    }

    private static async Task<bool> IsRtspAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(host, port, cancellationToken);
        await socket.SendAsync(Request, cancellationToken);

        // Text may come in any pieces.
        var reply = new byte[Version.Length];
        for (var read = 0; read < reply.Length;)
        {
            var more = await socket.ReceiveAsync(reply.AsMemory(read), cancellationToken);
            if (more == 0)
            {
                return false;
            }

            read += more;
        }

        return reply.AsSpan().SequenceEqual(Version);
    }

    private sealed record Asked(long At, Task<RtspAnswer> Answer);
}
