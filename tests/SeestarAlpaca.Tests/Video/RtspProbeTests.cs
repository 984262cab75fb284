using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Tests.Support;
using SeestarAlpaca.Video;

namespace SeestarAlpaca.Tests.Video;

public sealed class RtspProbeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n", true, "The video answers.")]
    [InlineData("RTSP/1.0 454 Session Not Found\r\n\r\n", true, "The video answers.")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", false, "no video")]
    [InlineData("RTSP", false, "no video")]
    [InlineData("", false, "no video")]
    public async Task Whatever_answers_is_looked_at(string reply, bool answers, string reason)
    {
        using var video = new FakeVideo(reply);
        using var telescope = At(video.Port);

        var answer = await new RtspProbe(_clock).AskAsync(telescope).WaitAsync(Patience, Token);

        Assert.Equal(answers, answer.Answers);
        Assert.Contains(reason, answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_in_single_bytes_is_an_answer_too()
    {
        using var video = new FakeVideo("RTSP/1.0 200 OK\r\n\r\n", pieces: 1);
        using var telescope = At(video.Port);

        Assert.True((await new RtspProbe(_clock).AskAsync(telescope).WaitAsync(Patience, Token)).Answers);
    }

    [Fact]
    public async Task A_refused_connection_tells_when_there_is_video()
    {
        int port;
        using (var closed = new FakeVideo(string.Empty))
        {
            port = closed.Port;
        }

        using var telescope = At(port);

        var answer = await new RtspProbe(_clock).AskAsync(telescope).WaitAsync(Patience, Token);

        Assert.False(answer.Answers);
        Assert.Contains("scenery, Sun, Moon and planet", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_given_up_after_a_second()
    {
        using var video = new FakeVideo(null);
        using var telescope = At(video.Port);

        var answer = new RtspProbe(_clock).AskAsync(telescope);
        await video.Asked.WaitAsync(Patience, Token);
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False((await answer.WaitAsync(Patience, Token)).Answers);
    }

    [Fact]
    public async Task An_answer_holds_for_ten_seconds_whoever_asks()
    {
        using var video = new FakeVideo("RTSP/1.0 200 OK\r\n\r\n");
        using var telescope = At(video.Port);
        var probe = new RtspProbe(_clock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => probe.AskAsync(telescope), Token))).WaitAsync(Patience, Token);

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        await probe.AskAsync(telescope).WaitAsync(Patience, Token);
        Assert.Equal(1, video.Connections);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await probe.AskAsync(telescope).WaitAsync(Patience, Token);

        Assert.Equal(2, video.Connections);
    }

    [Fact]
    public async Task Nobody_is_asked_while_nobody_knows_where_the_telescope_is()
    {
        using var telescope = KnownTelescopes.Idle(KnownTelescopes.Record(address: null));

        Assert.False((await new RtspProbe(_clock).AskAsync(telescope).WaitAsync(Patience, Token)).Answers);
        Assert.Null(RtspAddress.Of(telescope));
    }

    [Theory]
    [InlineData("192.168.1.20", "rtsp://192.168.1.20:4554/stream")]
    [InlineData("seestar.local;rtsp=5000", "rtsp://seestar.local:5000/stream")]
    [InlineData("fd00::20", "rtsp://[fd00::20]:4554/stream")]
    public void The_videos_address_is_one_that_players_take(string address, string expected)
    {
        using var telescope = KnownTelescopes.Idle(KnownTelescopes.Record(address: address));

        Assert.Equal(expected, RtspAddress.Of(telescope));
    }

    private static Telescope At(int port) => KnownTelescopes.Idle(KnownTelescopes.Record(address: $"127.0.0.1;rtsp={port}"));

    /// <summary>A port that says one thing to whoever asks, or nothing at all.</summary>
    private sealed class FakeVideo : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[]? _reply;
        private readonly int _pieces;
        private readonly List<TcpClient> _silent = [];
        private int _connections;

        public FakeVideo(string? reply, int pieces = 1024)
        {
            (_reply, _pieces) = (reply is null ? null : System.Text.Encoding.ASCII.GetBytes(reply), pieces);
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = ServeAsync();
        }

        public int Port { get; }

        public int Connections => Volatile.Read(ref _connections);

        public Task Asked => _asked.Task;

        public void Dispose()
        {
            _listener.Dispose();
            _silent.ForEach(client => client.Dispose());
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    await AnswerAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            Interlocked.Increment(ref _connections);
            client.NoDelay = true;
            var stream = client.GetStream();
            _ = await stream.ReadAtLeastAsync(new byte[16], 16);
            _asked.TrySetResult();
            if (_reply is null)
            {
                _silent.Add(client);
                return;
            }

            using (client)
            {
                foreach (var piece in _reply.Chunk(_pieces))
                {
                    await stream.WriteAsync(piece);
                }
            }
        }
    }
}
