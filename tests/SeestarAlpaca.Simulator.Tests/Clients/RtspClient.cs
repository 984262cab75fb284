using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeestarAlpaca.Simulator.Tests.Clients;

/// <summary>A reply as it came.</summary>
internal sealed record RtspAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>The client's side of a video port.</summary>
internal sealed class RtspClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new() { ReceiveBufferSize = 64 * 1024 };
    private int _requests;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public RtpReceiver Video { get; } = new();

    public List<byte[]> Reports { get; } = [];

    public string Url { get; private init; } = "";

    private Stream Stream { get; set; } = Stream.Null;

    public static async Task<RtspClient> ConnectAsync(IPEndPoint endPoint)
    {
        var client = new RtspClient { Url = $"rtsp://{endPoint}/stream" };
        await client._client.ConnectAsync(endPoint, Token);
        client.Stream = new BufferedStream(client._client.GetStream(), 64 * 1024);
        return client;
    }

    /// <summary>Whether connections are refused.</summary>
    public static async Task<bool> IsRefusedAsync(IPEndPoint endPoint)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(endPoint, Token);
            return false;
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }

    /// <summary>DESCRIBE, SETUP and PLAY.</summary>
    /// <returns>The reply to PLAY.</returns>
    public async Task<RtspAnswer> PlayAsync()
    {
        Assert.Equal(200, (await AskAsync("DESCRIBE", "Accept: application/sdp")).Status);
        var setup = await AskAsync("SETUP", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
        Assert.Equal(200, setup.Status);
        var play = await AskAsync("PLAY", $"Session: {setup.Headers["Session"].Split(';')[0]}");
        Assert.Equal(200, play.Status);
        return play;
    }

    public async Task<RtspAnswer> AskAsync(string method, params string[] headers)
    {
        var number = ++_requests;
        await SendAsync($"{method} {Url} RTSP/1.0\r\nCSeq: {number}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
        var answer = await ReplyAsync();
        Assert.Equal($"{number}", answer.Headers["CSeq"]);
        return answer;
    }

    public Task SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Token).AsTask();

    /// <summary>The next reply; packets before it are taken.</summary>
    public async Task<RtspAnswer> ReplyAsync()
    {
        while (true)
        {
            var first = await ReadByteAsync();
            if (first != '$')
            {
                return await ReplyAsync(first);
            }

            await TakePacketAsync();
        }
    }

    /// <summary>Takes packets until there are so many pictures.</summary>
    public async Task ReadPicturesAsync(int count)
    {
        while (Video.Pictures.Count < count)
        {
            Assert.Equal((byte)'$', await ReadByteAsync());
            await TakePacketAsync();
        }
    }

    /// <summary>Waits for the other side to close or reset the connection.</summary>
    public async Task EndAsync()
    {
        var piece = new byte[4096];
        try
        {
            while (await Stream.ReadAsync(piece, Token).AsTask().WaitAsync(Patience, Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset.
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<RtspAnswer> ReplyAsync(byte first)
    {
        var head = new StringBuilder().Append((char)first);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)await ReadByteAsync());
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("RTSP/1.0 ", lines[0]);
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await Stream.ReadExactlyAsync(body, Token).AsTask().WaitAsync(Patience, Token);
        return new RtspAnswer(int.Parse(lines[0][9..12]), headers, Encoding.Latin1.GetString(body));
    }

    private async Task TakePacketAsync()
    {
        var channel = await ReadByteAsync();
        var packet = new byte[(await ReadByteAsync() << 8) | await ReadByteAsync()];
        await Stream.ReadExactlyAsync(packet, Token).AsTask().WaitAsync(Patience, Token);
        if (channel == 0)
        {
            Video.Take(packet);
        }
        else
        {
            Assert.Equal(1, channel);
            Reports.Add(packet);
        }
    }

    private async ValueTask<byte> ReadByteAsync()
    {
        var one = new byte[1];
        await Stream.ReadExactlyAsync(one, Token).AsTask().WaitAsync(Patience, Token);
        return one[0];
    }
}
