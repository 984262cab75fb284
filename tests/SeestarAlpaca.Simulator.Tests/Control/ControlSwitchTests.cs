using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Tests.Wire;

namespace SeestarAlpaca.Simulator.Tests.Control;

/// <summary>Masters and guests, locks, and what can be wished for on the control port.</summary>
public sealed class ControlSwitchTests
{
    private const string Heartbeat = "{\"id\":99,\"method\":\"test_connection\"}";
    private const string Coordinates = "\"method\":\"scope_get_equ_coord\"}";

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claiming_mastership_is_told_to_everybody_each_for_themselves()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "4.27" }, _clock);
        using var first = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        await first.AskAsync(Heartbeat);
        using var second = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        await second.AskAsync("{\"id\":1,\"method\":\"set_setting\",\"params\":{\"master_cli\":true,\"cli_name\":\"tablet\"}}");
        await first.AskAsync(Heartbeat);

        Assert.Contains("\"Event\":\"Client\"", Assert.Single(first.Events, line => line.Contains("is_master", StringComparison.Ordinal)));
        Assert.EndsWith("\"is_master\":false}", first.Events.Single(line => line.Contains("is_master", StringComparison.Ordinal)));
        Assert.EndsWith("\"is_master\":true}", second.Events.Single(line => line.Contains("is_master", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task When_the_master_goes_the_next_is_told()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { ClientEventOnConnect = true } }, _clock);
        var first = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        Assert.EndsWith("\"is_master\":true}", await first.ReadLineAsync());
        using var second = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        Assert.EndsWith("\"is_master\":false}", await second.ReadLineAsync());

        first.Dispose();

        Assert.EndsWith("\"is_master\":true}", await second.ReadLineAsync());
    }

    [Fact]
    public async Task The_guest_channel_answers_a_few_questions_without_key_and_tells_no_events()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.34", GuestPort = 0 }, _clock);
        using var guest = await ControlClient.ConnectAsync(simulator.GuestEndPoint!, readVersion: false);

        simulator.StartView();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await guest.SendAsync("{\"id\":1,\"verify\":true," + Coordinates + "\r\n");

        Assert.Contains("\"result\":{\"path\":\"MyWorks\",\"list\":[]}", await guest.AskAsync("{\"id\":2,\"method\":\"get_albums\"}"));
        Assert.Contains("\"id\":99}", await guest.AskAsync(Heartbeat));
        Assert.Empty(guest.Events);
    }

    [Fact]
    public async Task Without_the_option_there_is_no_guest_channel()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);

        Assert.Null(simulator.GuestEndPoint);
    }

    [Fact]
    public async Task A_locked_telescope_can_ignore_even_heartbeats_and_then_resets()
    {
        var options = Start.Small with { Firmware = "7.32", IgnoredLinesBeforeReset = 2, Unknowns = new() { LockedIgnoresHeartbeat = true } };
        await using var simulator = await Start.SimulatorAsync(options, _clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        await client.SendAsync(Heartbeat + "\r\n");
        Assert.Contains("\"str\":", await client.AskAsync("{\"id\":1,\"method\":\"get_verify_str\"}"));
        await client.SendAsync(Heartbeat + "\r\n");

        await client.EndAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_verified_connection_may_or_may_not_need_the_word_verify(bool needs)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.32", Unknowns = new() { VerifiedNeedsVerify = needs } }, _clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        var challenge = (await client.ResultAsync("{\"id\":1,\"method\":\"get_verify_str\"}")).GetProperty("str").GetString()!;
        await client.AskAsync(AuthenticationTests.VerifyRequest(simulator.PrivateKeyPem, challenge));

        await client.SendAsync("{\"id\":3," + Coordinates + "\r\n");
        var reply = await client.AskAsync(Heartbeat);

        Assert.EndsWith(needs ? "\"id\":99}" : "\"id\":3}", reply);
    }

    [Theory]
    [InlineData("pi_reboot", true)]
    [InlineData("pi_shutdown", false)]
    public async Task Switching_off_answers_and_ends_all_connections_and_after_a_reboot_stamps_begin_anew(string method, bool comesBack)
    {
        await using var scene = await Scene.StartAsync("S50 6.70", Doing.Stacking);
        using var images = await ImageClient.ConnectAsync(scene.Simulator.ImageEndPoint);
        Assert.Equal(5, (await images.AskAsync(23, "get_stacked_img")).Kind);

        Assert.EndsWith("\"result\":0,\"code\":0,\"id\":7}", await scene.AskAsync($"\"method\":\"{method}\""));
        scene.Clock.AdvanceUntil(() => scene.Simulator.Stage is null);
        await scene.Client.EndAsync();
        await images.EndAsync();
        scene.Pass(60);

        if (!comesBack)
        {
            await Assert.ThrowsAsync<SocketException>(() => ControlClient.ConnectAsync(scene.Simulator.ControlEndPoint, readVersion: false));
            return;
        }

        using var again = await ControlClient.ConnectAsync(scene.Simulator.ControlEndPoint, readVersion: false);
        using var greeting = JsonDocument.Parse(await again.ReadLineAsync());
        Assert.InRange(double.Parse(greeting.RootElement.GetProperty("Timestamp").GetString()!), 0, 100);
        Assert.Equal("{}", (await again.ResultAsync("{\"id\":1,\"verify\":true,\"method\":\"get_view_state\"}")).GetRawText());
        using var fresh = await ImageClient.ConnectAsync(scene.Simulator.ImageEndPoint);
        Assert.Equal("there is no image now", (await fresh.AskAsync(23, "get_stacked_img")).Text);
    }

    [Fact]
    public async Task A_solve_that_fails_leaves_the_stack_without_annotations()
    {
        await using var scene = await Scene.StartAsync(Scene.Options("S50 6.70") with { SolvesFail = true }, Doing.LiveView);
        scene.Simulator.StartStack();
        scene.Clock.AdvanceUntil(() => scene.Simulator.StackedFrame == 2);

        using var state = JsonDocument.Parse(await scene.AskAsync("\"method\":\"get_view_state\""));

        var stack = state.RootElement.GetProperty("result").GetProperty("View").GetProperty("Stack");
        Assert.False(stack.GetProperty("can_annotate").GetBoolean());
        Assert.Equal(251, stack.GetProperty("Annotate").GetProperty("code").GetInt32());
        Assert.EndsWith("\"error\":\"no solve data\",\"code\":215,\"id\":7}", await scene.AskAsync("\"method\":\"get_solve_result\""));
    }

    [Theory]
    [InlineData("\"method\":\"scope_goto\",\"params\":[2.5,10]", "\"method\":\"scope_move\",\"params\":[\"none\"]", "ScopeGoto")]
    [InlineData("\"method\":\"scope_goto\",\"params\":[2.5,10]", "\"method\":\"iscope_stop_view\",\"params\":{\"stage\":\"ScopeGoto\"}", "ScopeGoto")]
    [InlineData("\"method\":\"start_auto_focuse\"", "\"method\":\"stop_auto_focuse\"", "AutoFocus")]
    [InlineData("\"method\":\"start_solve\"", "\"method\":\"stop_func\",\"params\":{\"name\":\"PlateSolve\"}", "PlateSolve")]
    public async Task What_is_broken_off_is_told_as_aborted(string begin, string stop, string name)
    {
        await using var scene = await Scene.StartAsync("S50 6.70", Doing.LiveView);
        await scene.AskAsync(begin);
        scene.Pass(1);

        var events = await scene.ListenAsync(stop, 1);

        Assert.Contains(events, line => line.Contains($"\"Event\":\"{name}\"", StringComparison.Ordinal) && line.Contains("\"error\":\"aborted\",\"code\":253,\"lapse_ms\":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mount_that_moves_takes_no_other_goto()
    {
        await using var scene = await Scene.StartAsync("S50 6.70", Doing.LiveView);
        await scene.AskAsync("\"method\":\"scope_goto\",\"params\":[2.5,10]");

        Assert.EndsWith("\"error\":\"equipment is moving\",\"code\":203,\"id\":7}", await scene.AskAsync("\"method\":\"scope_goto\",\"params\":[3.5,10]"));
    }

    [Fact]
    public async Task A_wheel_that_is_turned_while_stacking_turns_back()
    {
        await using var scene = await Scene.StartAsync("S50 6.70", Doing.Stacking);

        await scene.AskAsync("\"method\":\"set_wheel_position\",\"params\":[2]");
        scene.Pass(3);

        Assert.Contains("\"result\":1,", await scene.AskAsync("\"method\":\"get_wheel_position\""));
    }

    [Fact]
    public async Task A_strict_telescope_is_found_by_who_asks_from_the_telescopes_own_port()
    {
        // The same port number, whichever it is, on another of this computer's addresses.
        using var own = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)own.Client.LocalEndPoint!).Port;
        await using var simulator = await Start.SimulatorAsync(
            Start.Small with { DiscoveryPort = port, Address = IPAddress.Parse("127.0.0.2"), Discovery = DiscoveryManner.Strict });
        var options = new DiscoveryOptions { ScanSourcePort = 0, IncludeLoopback = true };
        var stranger = new ScanFinder(new Loopback(), options, TimeProvider.System, NullLogger<ScanFinder>.Instance);

        var asking = stranger.AskAsync(simulator.DiscoveryEndPoint!, TimeSpan.FromSeconds(1), Token);
        await own.SendAsync("{\"id\":201,\"method\":\"scan_iscope\",\"name\":\"me\",\"ip\":\"127.0.0.1\"}"u8.ToArray(), simulator.DiscoveryEndPoint!, Token);

        var answer = await own.ReceiveAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.Equal(simulator.DiscoveryEndPoint, answer.RemoteEndPoint);
        Assert.Null(await asking);
    }

    private sealed class Loopback : INetworkInterfaces
    {
        public IReadOnlyList<InterfaceAddress> GetIPv4Addresses() => [new(IPAddress.Loopback, 8, 1, IsLoopback: true, SupportsMulticast: false)];
    }
}
