using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Control;

public sealed class ControlPortTests
{
    private const string Heartbeat = "\"verify\":true,\"method\":\"test_connection\"}";

    [Fact]
    public async Task A_reply_has_the_keys_in_the_order_of_a_telescope()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync("{\"id\":7," + Heartbeat);

        Assert.Matches(
            @"^\{""jsonrpc"":""2\.0"",""Timestamp"":""\d+\.\d{9}"",""method"":""test_connection"",""result"":""server connected!"",""code"":0,""id"":7\}$", reply);
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("1.50")]
    [InlineData("\"mine\"")]
    [InlineData("null")]
    public async Task The_id_comes_back_as_it_was_sent(string id)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync("{\"id\":" + id + "," + Heartbeat);

        Assert.EndsWith($",\"id\":{id}}}", reply);
    }

    [Fact]
    public async Task Lines_may_come_split_together_and_without_carriage_return()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        await client.SendAsync("{\"id\":1," + Heartbeat + "\n\r\n{\"id\":2," + Heartbeat + "\r\n{\"id\":3,");
        await client.SendAsync(Heartbeat + "\n");

        Assert.EndsWith("\"id\":1}", await client.ReplyAsync());
        Assert.EndsWith("\"id\":2}", await client.ReplyAsync());
        Assert.EndsWith("\"id\":3}", await client.ReplyAsync());
    }

    [Theory]
    [InlineData("{\"id\":1,", 101, "parse error")]
    [InlineData("[1]", 101, "parse error")]
    [InlineData("{\"id\":1,\"verify\":true,\"method\":\"begin_streaming\"}", 103, "method not found")]
    [InlineData("{\"id\":1,\"verify\":true,\"method\":\"set_setting\",\"params\":[1]}", 107, "expected object param")]
    [InlineData("{\"id\":1,\"method\":\"set_setting\",\"params\":{\"verify\":true}}", 109, "unexpected param")]
    [InlineData("{\"id\":1,\"verify\":true,\"method\":\"scope_goto\",\"params\":[\"a\",2]}", 108, "expected float param")]
    public async Task A_refusal_tells_text_and_code(string request, int code, string text)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync(request);

        Assert.Contains($"\"error\":\"{text}\",\"code\":{code}", reply);
        Assert.DoesNotContain("\"result\"", reply);
    }

    [Fact]
    public async Task A_connection_is_greeted_with_the_version()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint, readVersion: false);

        var line = await client.ReadLineAsync();

        Assert.StartsWith("{\"Event\":\"Version\",\"Timestamp\":\"", line);
        Assert.EndsWith(
            "\"name\":\"ASI AIR imager\",\"svr_ver_string\":\"1.0\",\"svr_ver_int\":29,\"firmware_ver_int\":2670,\"firmware_ver_string\":\"6.70\",\"is_verified\":true}", line);
    }

    [Fact]
    public async Task Every_connection_gets_every_event()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small, clock);
        using var one = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var other = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.StartView();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("ScopeTrack", (await one.EventsUntilAsync("ScopeTrack"))[^1].Line);
        Assert.Contains("ScopeTrack", (await other.EventsUntilAsync("ScopeTrack"))[^1].Line);
    }

    [Fact]
    public async Task A_silent_connection_is_closed_after_sixteen_seconds_and_a_speaking_one_is_not()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { IdleLimit = TimeSpan.FromSeconds(16) }, clock);
        using var silent = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var speaking = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        clock.Advance(TimeSpan.FromSeconds(15));
        await speaking.AskAsync("{\"id\":1," + Heartbeat);

        clock.Advance(TimeSpan.FromSeconds(1));

        await silent.EndAsync();
        Assert.EndsWith("\"id\":2}", await speaking.AskAsync("{\"id\":2," + Heartbeat));
    }

    [Fact]
    public async Task A_line_without_end_closes_the_connection()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        await client.SendAsync(new string('x', 70_000));

        await client.EndAsync();
    }

    [Fact]
    public async Task Small_pieces_make_the_same_lines()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { SmallPieces = true });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var state = await client.ResultAsync("{\"id\":1,\"verify\":true,\"method\":\"get_device_state\"}");

        Assert.Equal("Seestar S50", state.GetProperty("device").GetProperty("product_model").GetString());
    }

    [Fact]
    public async Task The_first_event_of_a_command_comes_before_its_reply_with_a_later_stamp()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small, clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        await client.SendAsync("{\"id\":1,\"verify\":true,\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\"}}\r\n{\"id\":2," + Heartbeat + "\r\n");
        Assert.EndsWith("\"id\":2}", await client.ReadLineAsync());
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.StartsWith("{\"Event\":\"View\",\"Timestamp\":\"300.074", await client.ReadLineAsync());
        Assert.Contains("\"Timestamp\":\"300.000000000\",\"method\":\"iscope_start_view\",\"result\":0,\"code\":0,\"id\":1}", await client.ReadLineAsync());
    }

    [Fact]
    public async Task With_the_option_off_the_reply_comes_first()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { EventBeforeReply = false }, clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync("{\"id\":1,\"verify\":true,\"method\":\"iscope_start_view\",\"params\":{\"mode\":\"star\"}}");
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.EndsWith("\"id\":1}", reply);
        Assert.StartsWith("{\"Event\":\"View\"", await client.ReadLineAsync());
    }
}
