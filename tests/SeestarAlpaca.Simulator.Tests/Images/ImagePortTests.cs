using System.Text;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Images;

public sealed class ImagePortTests
{
    private static readonly TimeSpan HalfSecond = TimeSpan.FromSeconds(0.5);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_heartbeat_is_answered_with_the_captured_bytes()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var frame = await client.AskAsync(2, "test_connection");

        Assert.Equal(await File.ReadAllBytesAsync(VectorPath("01-ack-server-connected.bin"), TestContext.Current.CancellationToken), frame.Whole);
    }

    [Theory]
    [InlineData("get_stacked_img")]
    [InlineData("get_current_img")]
    public async Task Without_a_picture_the_answer_says_so_with_the_captured_bytes(string method)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var frame = await client.AskAsync(23, method);

        Assert.Equal(await File.ReadAllBytesAsync(VectorPath("05-no-image-now.bin"), TestContext.Current.CancellationToken), frame.Whole);
    }

    [Fact]
    public async Task Without_live_view_streaming_has_to_wait()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        Assert.Equal("only available for continuous exposure", (await client.AskAsync(21, "begin_streaming")).Text);
    }

    [Fact]
    public async Task Live_view_pushes_one_raw_preview_for_each_exposure_with_the_id_of_the_request()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        simulator.StartView();
        _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        _clock.Advance(TimeSpan.FromSeconds(1));

        var done = await client.AskAsync(277, "begin_streaming");
        _clock.Advance(HalfSecond);
        var first = await client.ReadAsync();
        _clock.Advance(HalfSecond);
        var second = await client.ReadAsync();

        Assert.Equal(("done", 0, 21), (done.Text, done.Form, done.Id));
        Assert.Equal((1, 2, 21, 64, 96), (first.Kind, first.Form, first.Id, first.Width, first.Height));
        Assert.Equal(64 * 96 * 2, first.Payload.Length);
        Assert.Equal([0, 1], first.Header[26..28]);
        Assert.Equal(first.ImageId + 1, second.ImageId);
        Assert.NotEqual(first.Payload, second.Payload);
    }

    [Fact]
    public async Task Stop_streaming_ends_the_previews()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await StreamAsync(simulator);

        Assert.Equal("done", (await client.AskAsync(22, "stop_streaming")).Text);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("server connected!", (await client.AskAsync(2, "test_connection")).Text);
        Assert.Equal(0, simulator.PreviewsSent);
    }

    [Fact]
    public async Task Stacking_ends_the_previews_until_they_are_asked_for_again()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await StreamAsync(simulator);
        simulator.StartStack();
        _clock.AdvanceUntil(() => simulator.Stage == "Stack");
        Assert.Equal("only available for continuous exposure", (await client.AskAsync(21, "begin_streaming")).Text);
        simulator.StopStack();
        _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("done", (await client.AskAsync(21, "begin_streaming")).Text);
        Assert.Equal(0, simulator.PreviewsSent);
    }

    [Fact]
    public async Task The_current_picture_is_the_pushed_one_in_an_archive()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await StreamAsync(simulator);
        _clock.Advance(HalfSecond);
        var pushed = await client.ReadAsync();

        var asked = await client.AskAsync(20, "get_current_img");

        Assert.Equal((1, 3, 20, pushed.ImageId), (asked.Kind, asked.Form, asked.Id, asked.ImageId));
        Assert.Equal(pushed.Samples(), asked.Samples());
        Assert.Equal([0, 1], asked.Header[26..28]);
    }

    [Fact]
    public async Task The_stack_is_an_archive_of_red_green_and_blue()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        simulator.Stack(_clock, 2);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var frame = await client.AskAsync(23, "get_stacked_img");

        using var stack = simulator.CopyStack()!;
        Assert.Equal((5, 3, 23, 64, 96), (frame.Kind, frame.Form, frame.Id, frame.Width, frame.Height));
        Assert.Equal([0, 0], frame.Header[26..28]);
        Assert.Equal(stack.Samples.ToArray(), frame.Samples());
        Assert.Equal(1, simulator.ImageRequests["get_stacked_img"]);
    }

    [Theory]
    [InlineData(ZipLayout.Descriptor16)]
    [InlineData(ZipLayout.Descriptor12)]
    [InlineData(ZipLayout.Zip64)]
    [InlineData(ZipLayout.Zip64Directory)]
    public async Task The_same_stack_asked_for_twice_differs_in_bytes_and_not_in_pixels(ZipLayout layout)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new Unknowns { Zip = layout } }, _clock);
        simulator.Stack(_clock, 1);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var (one, other) = (await client.AskAsync(23, "get_stacked_img"), await client.AskAsync(23, "get_stacked_img"));

        Assert.NotEqual(one.Payload, other.Payload);
        Assert.Equal(one.Samples(), other.Samples());
    }

    [Fact]
    public async Task A_new_stack_is_to_be_had_only_when_its_event_has_been_told()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var listener = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        simulator.Stack(_clock, 0);
        _clock.Advance(TimeSpan.FromSeconds(14.5));
        Assert.Contains("Exposure", (await listener.EventsUntilAsync("\"Exposure\"", "\"complete\"", "lapse_ms"))[^1].Line);

        Assert.Equal("there is no image now", (await client.AskAsync(23, "get_stacked_img")).Text);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 1);

        Assert.Equal(5, (await client.AskAsync(23, "get_stacked_img")).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_restart_the_old_stack_stays_until_the_first_sub_if_so_wished(bool keep)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { KeepOldStackUntilFirstSub = keep }, _clock);
        simulator.Stack(_clock, 2);
        using var old = simulator.CopyStack()!;
        simulator.StopStack();
        _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        simulator.StartStack();
        _clock.AdvanceUntil(() => simulator.Stage == "Stack");

        using var present = simulator.CopyStack();
        _clock.AdvanceUntil(() => simulator.StackedFrame == 1);
        using var fresh = simulator.CopyStack()!;

        Assert.Equal(keep ? old.Samples.ToArray() : null, present?.Samples.ToArray());
        Assert.NotEqual(old.Samples.ToArray(), fresh.Samples.ToArray());
    }

    [Fact]
    public async Task A_third_connection_gets_a_line_without_header_and_is_closed()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var one = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        using var other = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        await one.AskAsync(2, "test_connection");
        await other.AskAsync(2, "test_connection");
        using var third = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        await third.SendAsync(2, "test_connection");

        var bytes = await third.ReadToEndAsync();

        Assert.Equal("{\"Event\":\"Alert\",\"Msg\":\"Exceed the maximum number of connections\"}\r\n", Encoding.UTF8.GetString(bytes));
        Assert.Equal(2, simulator.ImageConnections);
        Assert.Equal("server connected!", (await one.AskAsync(2, "test_connection")).Text);
    }

    [Fact]
    public async Task A_connection_that_ends_makes_room_for_another()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { MaxImageConnections = 1 });
        using (var one = await ImageClient.ConnectAsync(simulator.ImageEndPoint))
        {
            await one.AskAsync(2, "test_connection");
            one.EndSending();
            Assert.Empty(await one.ReadToEndAsync());
        }

        using var next = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        Assert.Equal("server connected!", (await next.AskAsync(2, "test_connection")).Text);
    }

    [Fact]
    public async Task A_silent_connection_is_closed_after_sixteen_seconds_even_while_previews_flow()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { IdleLimit = TimeSpan.FromSeconds(16) }, _clock);
        using var client = await StreamAsync(simulator);

        _clock.Advance(TimeSpan.FromSeconds(16));

        await client.ReadToEndAsync();
        Assert.InRange(simulator.PreviewsSent, 1, 40);
    }

    [Fact]
    public async Task Small_pieces_make_the_same_frames()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { SmallPieces = true }, _clock);
        simulator.Stack(_clock, 1);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var frame = await client.AskAsync(23, "get_stacked_img");

        using var stack = simulator.CopyStack()!;
        Assert.Equal(stack.Samples.ToArray(), frame.Samples());
    }

    [Fact]
    public async Task A_client_that_does_not_read_misses_previews_and_nothing_piles_up()
    {
        // Pictures of the full size fill the socket's buffers at once.
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Size = null }, _clock);
        using var client = await StreamAsync(simulator);

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.InRange(simulator.PreviewsDropped, 40, 60);
    }

    [Fact]
    public async Task An_unknown_command_is_told_so_in_the_telescopes_own_spelling()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        Assert.Equal("unknown mothod", (await client.AskAsync(5, "get_guide_img")).Text);
    }

    [Fact]
    public async Task In_the_enhanced_mode_the_stack_has_twice_the_width_and_height()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { DoubleStack = true }, _clock);
        simulator.Stack(_clock, 1);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var frame = await client.AskAsync(23, "get_stacked_img");

        Assert.Equal((128, 192), (frame.Width, frame.Height));
        var samples = frame.Samples();
        Assert.Equal(samples[..3], samples[3..6]);
        Assert.Equal(samples[..(3 * 128)], samples[(3 * 128)..(3 * 256)]);
    }

    [Fact]
    public async Task The_wide_port_shows_one_stale_picture_during_video_and_none_otherwise()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Model = SeestarModel.S30Pro }, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.WideEndPoint!);
        Assert.Equal("there is no image now", (await client.AskAsync(20, "get_current_img")).Text);
        simulator.StartScenery();
        _clock.AdvanceUntil(() => simulator.Stage == "RTSP");

        Assert.Equal("done", (await client.AskAsync(21, "begin_streaming")).Text);
        var pushed = await client.ReadAsync();
        var asked = await client.AskAsync(20, "get_current_img");

        Assert.Equal((675, 675), (pushed.ImageId, asked.ImageId));
        Assert.Equal(pushed.Samples(), asked.Samples());
        Assert.InRange(pushed.Samples().Count(value => value % 64 == 0), (64 * 96) - 10, 64 * 96);
    }

    /// <summary>A client to whom previews are pushed from now on.</summary>
    private async Task<ImageClient> StreamAsync(SeestarSimulator simulator)
    {
        simulator.StartView();
        _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        Assert.Equal("done", (await client.AskAsync(21, "begin_streaming")).Text);
        return client;
    }

    private static string VectorPath(string file) => Path.Combine(AppContext.BaseDirectory, "Vectors", file);
}
