using System.Globalization;
using System.Net;
using System.Text;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class RtspDialogueTests
{
    private const string Address = "rtsp://127.0.0.1:4554/stream";
    private const string Tcp = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1";

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-20T10:00:00.25Z", CultureInfo.InvariantCulture));
    private readonly RtspDialogue _dialogue;

    public RtspDialogueTests() => _dialogue = Dialogue(_ => Task.FromResult(TestClip.Create()));

    [Theory]
    [InlineData("OPTIONS", Address, 200)]
    [InlineData("OPTIONS", "*", 200)]
    [InlineData("GET_PARAMETER", Address, 200)]
    [InlineData("DESCRIBE", Address, 200)]
    [InlineData("DESCRIBE", Address + "/", 200)]
    [InlineData("DESCRIBE", "rtsp://seestar.local/stream", 200)]
    [InlineData("DESCRIBE", "rtsp://[::1]:4554/stream", 200)]
    [InlineData("DESCRIBE", "rtsp://127.0.0.1:4554/", 404)]
    [InlineData("DESCRIBE", "rtsp://127.0.0.1:4554/live", 404)]
    [InlineData("DESCRIBE", "rtsp://127.0.0.1:4554/stream/trackID=0", 404)]
    [InlineData("DESCRIBE", "http://127.0.0.1:4554/stream", 404)]
    [InlineData("DESCRIBE", "/stream", 404)]
    [InlineData("DESCRIBE", "*", 404)]
    [InlineData("OPTIONS", "rtsp://127.0.0.1:4554/live", 404)]
    [InlineData("SETUP", "rtsp://127.0.0.1:4554/stream/trackID=1", 404)]
    [InlineData("PLAY", Address, 455)]
    [InlineData("TEARDOWN", Address, 455)]
    [InlineData("ANNOUNCE", Address, 405)]
    [InlineData("RECORD", Address, 405)]
    [InlineData("PAUSE", Address, 405)]
    [InlineData("SET_PARAMETER", Address, 405)]
    [InlineData("options", Address, 501)]
    [InlineData("FOO", Address, 501)]
    public async Task Methods_and_addresses_get_their_status(string method, string address, int status) =>
        Assert.Equal(status, (int)(await AskAsync(method, address)).Status);

    [Theory]
    [InlineData("DESCRIBE", "Accept: application/sdp", 200)]
    [InlineData("DESCRIBE", "Accept: text/html, */*", 200)]
    [InlineData("DESCRIBE", "Accept: text/html", 406)]
    [InlineData("DESCRIBE", "Require: implicit-play", 551)]
    [InlineData("OPTIONS", "Session: 12345678", 454)]
    [InlineData("GET_PARAMETER", "Session: 12345678", 454)]
    [InlineData("PLAY", "Session: 12345678", 454)]
    [InlineData("TEARDOWN", "Session: 12345678", 454)]
    [InlineData("SETUP", "Transport: RTP/AVP;unicast;client_port=5000-5001", 461)]
    [InlineData("SETUP", "X: y", 461)]
    [InlineData("SETUP", Tcp, 200)]
    public async Task Headers_get_their_status(string method, string header, int status) =>
        Assert.Equal(status, (int)(await AskAsync(method, Address, header)).Status);

    [Fact]
    public async Task A_request_of_another_version_or_without_number_is_refused()
    {
        var version = await _dialogue.AnswerAsync(new RtspRequest("OPTIONS", "*", "RTSP/2.0", Headers("CSeq: 1")), Token);
        var number = await _dialogue.AnswerAsync(new RtspRequest("OPTIONS", "*", "RTSP/1.0", Headers()), Token);

        Assert.Equal((RtspStatus.VersionNotSupported, RtspStatus.BadRequest), (version.Status, number.Status));
    }

    [Fact]
    public async Task The_description_names_the_base_and_is_sent_with_its_length()
    {
        var reply = await AskAsync("DESCRIBE", Address);

        Assert.Equal(
            $"RTSP/1.0 200 OK\r\nCSeq: 9\r\nServer: Seestar simulator\r\nContent-Base: {Address}/\r\nContent-Type: application/sdp\r\nContent-Length: {reply.Body.Length}\r\n\r\n"
            + SessionDescription.Create(TestClip.Create(), IPAddress.Loopback),
            Encoding.Latin1.GetString(reply.ToBytes(9)));
    }

    [Fact]
    public async Task A_session_goes_from_setup_to_play_to_teardown()
    {
        var session = await SetUpAsync();
        Assert.Null(_dialogue.Playing);

        var play = await AskAsync("PLAY", Address + "/", session, "Range: npt=0.000-");

        // Playing begins with the key frame of the next full second, 10:00:01.
        var order = Assert.IsType<PlayOrder>(_dialogue.Playing);
        Assert.Equal(30 * 1_795_168_801L, order.FirstFrame);
        var info = $"url={Address}/trackID=0;seq={order.FirstSequence};rtptime={unchecked((uint)(90_000L * 1_795_168_801))}";
        Assert.Equal([("Session", session[9..]), ("Range", "npt=0.000-"), ("RTP-Info", info)], play.Headers);
        Assert.Equal(RtspStatus.OK, (await AskAsync("GET_PARAMETER", Address, session)).Status);
        Assert.Same(order, _dialogue.Playing);

        var end = await AskAsync("TEARDOWN", Address, session);

        Assert.Equal(RtspStatus.OK, end.Status);
        Assert.Null(_dialogue.Playing);
        Assert.Equal(RtspStatus.SessionNotFound, (await AskAsync("PLAY", Address, session)).Status);
        Assert.Equal(RtspStatus.OK, (await AskAsync("SETUP", Address, Tcp)).Status);
    }

    [Fact]
    public async Task A_session_is_named_with_its_timeout_and_the_channels_asked_for()
    {
        var reply = await AskAsync("SETUP", Address + "/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=4-5");

        Assert.Matches("^RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=[0-9A-F]{8};mode=\"PLAY\"$", reply.Headers[0].Value);
        Assert.Matches("^[0-9A-F]{8};timeout=60$", reply.Headers[1].Value);
    }

    [Fact]
    public async Task A_second_setup_may_change_the_channels_of_the_session_it_names_but_not_while_that_plays()
    {
        var session = await SetUpAsync();

        var unnamed = await AskAsync("SETUP", Address, Tcp);
        var named = await AskAsync("SETUP", Address, "Transport: RTP/AVP/TCP;interleaved=8-9", session);
        await AskAsync("PLAY", Address, session);
        var playing = await AskAsync("SETUP", Address, Tcp, session);

        Assert.Equal((RtspStatus.MethodNotValidInThisState, RtspStatus.OK, RtspStatus.MethodNotValidInThisState), (unnamed.Status, named.Status, playing.Status));
        Assert.Equal(new RtspTransport(8, 9), _dialogue.Playing!.Transport);
    }

    [Fact]
    public async Task Without_video_describing_and_playing_are_unavailable()
    {
        var dialogue = Dialogue(_ => Task.FromException<VideoClip>(new VideoUnavailableException("No ffmpeg.")));
        var setup = await AskAsync(dialogue, "SETUP", Address, Tcp);

        var describe = await AskAsync(dialogue, "DESCRIBE", Address);
        var play = await AskAsync(dialogue, "PLAY", Address, $"Session: {setup.Headers[1].Value}");

        Assert.Equal((RtspStatus.ServiceUnavailable, RtspStatus.ServiceUnavailable), (describe.Status, play.Status));
        Assert.Null(dialogue.Playing);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RtspDialogue Dialogue(Func<CancellationToken, Task<VideoClip>> clip) => new(clip, IPAddress.Loopback, _clock, new Random(1));

    private async Task<string> SetUpAsync()
    {
        var reply = await AskAsync("SETUP", Address, Tcp);
        return $"Session: {reply.Headers[1].Value.Split(';')[0]}";
    }

    private Task<RtspReply> AskAsync(string method, string address, params string[] headers) => AskAsync(_dialogue, method, address, headers);

    private static Task<RtspReply> AskAsync(RtspDialogue dialogue, string method, string address, params string[] headers) =>
        dialogue.AnswerAsync(new RtspRequest(method, address, "RTSP/1.0", Headers(["CSeq: 9", .. headers])), Token).AsTask();

    private static Dictionary<string, string> Headers(params string[] headers) =>
        headers.Select(header => header.Split(": ")).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
}
