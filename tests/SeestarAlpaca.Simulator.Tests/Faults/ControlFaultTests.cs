using System.Net;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Faults;

/// <summary>Faults of the control port and of the telescope as they are on the wire.</summary>
public sealed class ControlFaultTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_comes_in_several_segments()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        simulator.Faults.Inject("split-lines=pieces:3,pause:1");
        using var client = new TcpClient();
        await client.ConnectAsync(simulator.ControlEndPoint, Cancellation);
        var pieces = new List<string>();
        var buffer = new byte[4096];

        while (pieces.Count == 0 || !pieces[^1].EndsWith('\n'))
        {
            pieces.Add(Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, Cancellation)));
            await _clock.AdvanceToNextTimerAsync(TimeSpan.FromSeconds(1), Cancellation);
        }

        Assert.Equal(3, pieces.Count);
        Assert.StartsWith("{\"Event\":\"Version\"", string.Concat(pieces), StringComparison.Ordinal);
        Assert.EndsWith("}\r\n", string.Concat(pieces), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_come_twice_as_often_as_asked_for()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        simulator.Faults.Inject("duplicate-events=count:2");

        simulator.StartView();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var events = await client.EventsUntilAsync("ContinuousExposure");

        Assert.Equal(["View working", "View working", "ScopeTrack on", "ScopeTrack on", "ContinuousExposure working"], events.Select(e => e.Summary));
        Assert.Equal(events[0].Line, events[1].Line);
    }

    [Fact]
    public async Task Unknown_events_have_a_stamp_and_members_of_every_kind()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.Faults.Inject("unknown-events=count:3");
        var events = await client.EventsUntilAsync("ZwoNews2");

        Assert.Equal(["ZwoNews0 perplexed", "ZwoNews1 perplexed", "ZwoNews2 perplexed"], events.Select(e => e.Summary));
        Assert.True(events[2].Seconds > events[0].Seconds);
    }

    [Fact]
    public async Task Unknown_keys_come_with_what_is_known()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        simulator.Faults.Inject("unknown-keys=count:2");

        var reply = await client.AskAsync("{\"id\":1,\"method\":\"test_connection\"}");
        simulator.Faults.Inject("unknown-events");
        var happened = await client.ReadLineAsync();
        var plain = await client.AskAsync("{\"id\":2,\"method\":\"test_connection\"}");

        Assert.StartsWith("{\"zwo_new\":{", reply, StringComparison.Ordinal);
        Assert.Contains("\"result\":\"server connected!\",\"code\":0,\"id\":1,\"zwo_list\":[1,\"two\",3.000000,null,[]]", reply, StringComparison.Ordinal);
        Assert.StartsWith("{\"zwo_new\"", happened, StringComparison.Ordinal);
        Assert.Contains("\"Event\":\"ZwoNews0\"", happened, StringComparison.Ordinal);
        Assert.StartsWith("{\"jsonrpc\"", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_can_take_ten_seconds()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.32" }, _clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        simulator.Faults.Inject("slow-verify");

        await client.SendAsync("{\"id\":1,\"method\":\"get_verify_str\"}\r\n");
        await simulator.Faults.WaitForStrikeAsync("slow-verify", 1, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        await client.SendAsync("{\"id\":2,\"method\":\"test_connection\"}\r\n");
        var first = await client.ReplyAsync();
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        var second = await client.ReplyAsync();

        Assert.Contains("\"id\":2", first, StringComparison.Ordinal);
        Assert.Contains("\"str\":", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_keeps_connections_open_and_sends_nothing_on_them()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var before = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        simulator.Faults.Inject("silence=port:control,seconds:60");
        using var within = await ControlClient.ConnectAsync(simulator.ControlEndPoint, readVersion: false);
        Task<string>[] silent = [before.ReadLineAsync(), within.ReadLineAsync()];

        _clock.Advance(TimeSpan.FromSeconds(61));
        using var after = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        simulator.Faults.Inject("unknown-events");
        await after.EventsUntilAsync("ZwoNews0");

        Assert.All(silent, line => Assert.False(line.IsCompleted));
    }

    [Fact]
    public async Task A_lost_telescope_resets_connections_refuses_new_ones_and_comes_back_on_the_same_ports()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true }, _clock);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 2);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var image = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        simulator.Faults.Inject("lost-connection=seconds:60");
        await control.EndAsync();
        await Assert.ThrowsAnyAsync<IOException>(image.ReadToEndAsync);
        await AssertRefusedAsync(simulator.ControlEndPoint);
        await AssertRefusedAsync(simulator.ImageEndPoint);
        _clock.Advance(TimeSpan.FromSeconds(61));
        using var again = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        using var controlAgain = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        Assert.True(simulator.StackedFrame > 5, "The telescope went on.");
        Assert.Equal(5, (await again.AskAsync(23, "get_stacked_img")).Kind);
    }

    [Fact]
    public async Task A_reboot_begins_the_clock_anew_and_leaves_neither_view_nor_stack()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true }, _clock);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 2);
        using var before = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.Faults.Inject("reboot=seconds:40");
        await before.EndAsync();
        _clock.Advance(TimeSpan.FromSeconds(41));
        using var after = await ControlClient.ConnectAsync(simulator.ControlEndPoint, readVersion: false);
        var version = new WireEvent(await after.ReadLineAsync());
        using var image = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        Assert.InRange(version.Seconds, 25, 27);
        Assert.Null(simulator.Stage);
        Assert.Equal("{}", (await after.ResultAsync("{\"id\":1,\"verify\":true,\"method\":\"get_view_state\"}")).ToString());
        Assert.Equal("there is no image now", (await image.AskAsync(23, "get_stacked_img")).Text);
        Assert.Equal(0, simulator.StackedFrame);
    }

    [Fact]
    public async Task A_shutdown_ends_the_view_folds_the_arm_and_closes_the_ports()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true }, _clock);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 2);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.Faults.Inject("shutdown");
        _clock.AdvanceUntil(() => simulator.IsArmClosed);
        var events = await control.EventsUntilAsync("ScopeHome", "complete");
        _clock.Advance(TimeSpan.FromSeconds(3));
        await control.EndAsync();

        Assert.Contains("Stack cancel", events.Select(e => e.Summary));
        await AssertRefusedAsync(simulator.ControlEndPoint);
    }

    [Fact]
    public async Task A_low_battery_is_told_and_switches_the_telescope_off_in_the_end()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.Faults.Inject("low-battery=percent:2,shutdown:120");
        var lines = new[] { await control.ReadLineAsync(), await control.ReadLineAsync(), await control.ReadLineAsync() };
        _clock.AdvanceUntil(() => simulator.IsArmClosed);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await control.EndAsync();

        Assert.Contains("\"battery_capacity\":2", lines[2], StringComparison.Ordinal);
        await AssertRefusedAsync(simulator.ControlEndPoint);
    }

    [Fact]
    public async Task Somebody_can_fold_the_arm_and_choose_another_target()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true }, _clock);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 1);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.Faults.Inject("goto=name:M 94,ra:12.85,dec:41.12");
        _clock.AdvanceUntil(() => simulator.Stage == "Stack" && simulator.StackedFrame == 1);
        simulator.Faults.Inject("close-arm");
        _clock.AdvanceUntil(() => simulator.IsArmClosed);
        var events = await control.EventsUntilAsync("ScopeHome", "complete");

        Assert.Contains(events, e => e.Line.Contains("\"target_name\":\"M 94\"", StringComparison.Ordinal));
    }

    private static async Task AssertRefusedAsync(IPEndPoint endPoint)
    {
        using var client = new TcpClient();
        var fault = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(endPoint, Cancellation).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, fault.SocketErrorCode);
    }
}
