using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Control;

public sealed class ControlConnectionTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Channel<TelescopeEvent> _events = Channel.CreateUnbounded<TelescopeEvent>();
    private readonly FakeControlPort _telescope;
    private readonly ControlConnection _connection;
    private readonly Task _running;

    public ControlConnectionTests()
    {
        var pair = new StreamPair();
        _telescope = new FakeControlPort(pair.Telescope, (_, _) => null).Start();
        _connection = new ControlConnection(pair.Client, happened => _events.Writer.TryWrite(happened), _clock, NullLogger.Instance);
        _running = _connection.RunAsync(Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _telescope.Close();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task Replies_are_matched_by_their_ids_whatever_their_order()
    {
        var first = _connection.RequestAsync("get_setting", null, null, Token);
        var second = _connection.RequestAsync("get_view_state", null, null, Token);
        var askedFirst = await _telescope.NextAsync("get_setting", Token);
        var askedSecond = await _telescope.NextAsync("get_view_state", Token);

        await _telescope.ReplyAsync(askedSecond, "\"result\":2,\"code\":0");
        await _telescope.ReplyAsync(askedFirst, "\"result\":1,\"code\":0");

        Assert.Equal((1, 2), ((await first).GetInt32(), (await second).GetInt32()));
    }

    [Fact]
    public async Task Events_between_request_and_reply_are_handed_on_first()
    {
        var request = _connection.RequestAsync("iscope_start_view", new JsonObject { ["mode"] = "star" }, null, Token);
        var asked = await _telescope.NextAsync("iscope_start_view", Token);
        await _telescope.SendAsync("""{"Event":"View","state":"working","mode":"star","route":[]}""");
        var happened = await _events.Reader.ReadAsync(Token);

        Assert.False(request.IsCompleted);
        await _telescope.ReplyAsync(asked, Telescopes.Done);

        Assert.IsType<ViewEvent>(happened);
        Assert.Equal(0, (await request).GetInt32());
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_the_telescopes_code_and_words()
    {
        var request = _connection.RequestAsync("scope_goto", new JsonArray(1, 2), null, Token);
        var asked = await _telescope.NextAsync("scope_goto", Token);

        await _telescope.ReplyAsync(asked, "\"error\":\"equipment is moving\",\"code\":203");

        var exception = await Assert.ThrowsAsync<TelescopeException>(() => request);
        Assert.Equal(203, exception.Code);
        Assert.Equal("The telescope refused scope_goto: equipment is moving (code 203).", exception.Message);
    }

    [Fact]
    public async Task A_request_that_is_not_answered_times_out_and_its_late_reply_harms_nobody()
    {
        var request = _connection.RequestAsync("get_setting", null, TimeSpan.FromSeconds(5), Token);
        var asked = await _telescope.NextAsync("get_setting", Token);
        await _clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(5), Token);

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => request);
        await _telescope.ReplyAsync(asked, Telescopes.Done);
        var next = _connection.RequestAsync("get_setting", null, null, Token);
        await _telescope.ReplyAsync(await _telescope.NextAsync("get_setting", Token), "\"result\":5,\"code\":0");

        Assert.Equal("The telescope did not answer get_setting.", exception.Message);
        Assert.Equal(5, (await next).GetInt32());
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.GetUtcNow() - DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Replies_that_nobody_waits_for_are_left_out()
    {
        await _telescope.SendAsync("""{"method":"x","result":0,"code":0,"id":4711}""");
        await _telescope.SendAsync("""{"method":"x","result":0,"code":0,"id":"text"}""");

        await AssertStillServedAsync();
    }

    [Fact]
    public async Task The_end_of_the_connection_fails_requests_that_wait_and_those_that_come_after()
    {
        var request = _connection.RequestAsync("get_setting", null, null, Token);
        await _telescope.NextAsync("get_setting", Token);

        _telescope.Close();

        await Assert.ThrowsAsync<IOException>(() => request);
        await _running;
        await Assert.ThrowsAsync<IOException>(() => _connection.RequestAsync("get_setting", null, null, Token));
    }

    [Fact]
    public async Task Once_the_telescope_has_said_its_last_no_reply_is_waited_for_although_requests_could_still_be_sent()
    {
        _telescope.Finish();
        await _running;

        await Assert.ThrowsAsync<IOException>(
            () => _connection.RequestAsync("get_setting", null, null, Token).WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task A_reset_connection_is_an_error()
    {
        _telescope.Reset();

        await Assert.ThrowsAsync<IOException>(() => _running);
    }

    [Fact]
    public async Task A_connection_that_ends_inside_a_line_is_an_error()
    {
        await _telescope.SendBytesAsync("{\"Event\":"u8.ToArray());
        _telescope.Close();

        await Assert.ThrowsAsync<EndOfStreamException>(() => _running);
    }

    [Fact]
    public async Task A_first_line_that_is_no_JSON_is_no_telescopes()
    {
        await _telescope.SendAsync("220 ftp.example ready");

        await Assert.ThrowsAsync<InvalidDataException>(() => _running);
    }

    [Fact]
    public async Task A_broken_line_later_on_is_left_out_and_the_next_one_is_read()
    {
        await _telescope.SendAsync("""{"Event":"PiStatus","temp":50.0}""");
        await _telescope.SendAsync("""{"Event":"PiStatus","temp":-nan}""");
        await _telescope.SendAsync("""{"Event":"PiStatus","temp":51.0}""");

        var first = Assert.IsType<PiStatusEvent>(await _events.Reader.ReadAsync(Token));
        var second = Assert.IsType<PiStatusEvent>(await _events.Reader.ReadAsync(Token));

        Assert.Equal((50.0, 51.0), (first.Status.CpuTemperature, second.Status.CpuTemperature));
    }

    [Fact]
    public async Task Silence_is_measured_from_the_last_line()
    {
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), _connection.SilentFor);

        await _telescope.SendAsync("""{"Event":"GSensorMove"}""");
        await _events.Reader.ReadAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(2), _connection.SilentFor);
    }

    [Fact]
    public async Task A_request_can_be_cancelled_and_the_connection_goes_on()
    {
        using var cancellation = new CancellationTokenSource();
        var request = _connection.RequestAsync("get_setting", null, null, cancellation.Token);
        await _telescope.NextAsync("get_setting", Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await AssertStillServedAsync();
    }

    [Fact]
    public async Task Requests_on_a_closed_connection_say_so()
    {
        await _connection.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => _connection.RequestAsync("get_setting", null, null, Token));
    }

    [Fact]
    public async Task Many_requests_at_once_are_each_sent_in_one_piece_and_answered()
    {
        var requests = Enumerable.Range(0, 50).Select(i => _connection.RequestAsync("echo", new JsonArray(i), null, Token)).ToArray();
        for (var i = 0; i < requests.Length; i++)
        {
            var asked = await _telescope.NextAsync("echo", Token);
            await _telescope.ReplyAsync(asked, $"\"result\":{asked["params"]![0]},\"code\":0");
        }

        var answers = await Task.WhenAll(requests);

        Assert.Equal(Enumerable.Range(0, 50), answers.Select(answer => answer.GetInt32()));
    }

    private async Task AssertStillServedAsync()
    {
        var request = _connection.RequestAsync("test_connection", null, null, Token);
        await _telescope.ReplyAsync(await _telescope.NextAsync("test_connection", Token), Telescopes.Connected);
        Assert.Equal("server connected!", (await request).GetString());
    }
}
