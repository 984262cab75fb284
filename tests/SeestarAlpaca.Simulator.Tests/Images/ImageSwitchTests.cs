using System.Buffers.Binary;
using System.Text;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Images;

/// <summary>What is not known of the image ports, and what can be wished for: each switch changes what it says and nothing else.</summary>
public sealed class ImageSwitchTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(StreamingWhileStacking.Nothing, "only available for continuous exposure", 0, 0)]
    [InlineData(StreamingWhileStacking.Subs, "done", 1, 2)]
    [InlineData(StreamingWhileStacking.Stacks, "done", 5, 3)]
    public async Task Streaming_while_stacking_brings_what_is_wished_for(StreamingWhileStacking pushed, string answer, int kind, int form)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { StreamingWhileStacking = pushed } }, _clock);
        simulator.Stack(_clock, 0);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        Assert.Equal(answer, (await client.AskAsync(21, "begin_streaming")).Text);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 1);

        if (pushed != StreamingWhileStacking.Nothing)
        {
            var frame = await client.ReadAsync();
            Assert.Equal((kind, form, 21), (frame.Kind, frame.Form, frame.Id));
        }

        Assert.Equal(pushed == StreamingWhileStacking.Nothing ? 0 : 1, simulator.PreviewsSent);
    }

    [Fact]
    public async Task Texts_of_streaming_can_be_marked_as_errors()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { DoneIsError = true, OnlyContinuousIsError = true } }, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        var waiting = await client.AskAsync(21, "begin_streaming");
        simulator.StartView();
        _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        _clock.Advance(TimeSpan.FromSeconds(1));

        var done = await client.AskAsync(21, "begin_streaming");

        Assert.Equal(("only available for continuous exposure", 1), (waiting.Text, waiting.Form));
        Assert.Equal(("done", 1), (done.Text, done.Form));
    }

    [Fact]
    public async Task The_line_for_the_third_connection_can_have_more_keys()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { MaxImageConnections = 1, Unknowns = new() { AlertHasMoreKeys = true } }, _clock);
        using var one = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        await one.AskAsync(2, "test_connection");
        using var other = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        other.EndSending();

        Assert.Equal(
            "{\"Event\":\"Alert\",\"Timestamp\":\"300.000000000\",\"Msg\":\"Exceed the maximum number of connections\",\"max_connec_num\":1}\r\n",
            Encoding.UTF8.GetString(await other.ReadToEndAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_header_repeats_the_ends_of_pictures_if_so_wished_and_those_of_texts_always(bool repeats)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { PicturesRepeatEnds = repeats } }, _clock);
        simulator.Stack(_clock, 1);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var (picture, text) = (await client.AskAsync(23, "get_stacked_img"), await client.AskAsync(2, "test_connection"));

        Assert.Equal(repeats ? [picture.Payload[0], picture.Payload[^1]] : new byte[2], picture.Header[10..12]);
        Assert.Equal("s!"u8.ToArray(), text.Header[10..12]);
    }

    [Fact]
    public async Task A_stuck_counter_and_a_constant_hfd_are_in_every_picture()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StuckImageId = 141, Hfd = 1000 }, _clock);
        simulator.Stack(_clock, 1);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        foreach (var frame in new[] { await client.AskAsync(23, "get_stacked_img"), await client.AskAsync(20, "get_current_img") })
        {
            Assert.Equal((141, 1000), (frame.ImageId, BinaryPrimitives.ReadUInt16BigEndian(frame.Header.AsSpan(24))));
        }

        Assert.Equal(0, (await client.AskAsync(2, "test_connection")).ImageId);
    }

    [Fact]
    public async Task A_stray_line_comes_before_each_frame()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StrayLine = "{\"Event\":\"Alert\"}" }, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync(2, "test_connection");
            Assert.Equal("{\"Event\":\"Alert\"}\r\n", Encoding.ASCII.GetString(await client.ReadBytesAsync(19)));
            Assert.Equal("server connected!", (await client.ReadAsync()).Text);
        }
    }

    [Fact]
    public async Task A_stack_can_come_as_it_is()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { RawStack = true } }, _clock);
        simulator.Stack(_clock, 1);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var frame = await client.AskAsync(23, "get_stacked_img");

        using var stack = simulator.CopyStack()!;
        Assert.Equal((5, 2, 64 * 96 * 6), (frame.Kind, frame.Form, frame.Payload.Length));
        Assert.Equal(stack.Samples.ToArray(), frame.Samples());
    }

    [Fact]
    public async Task A_connection_can_be_closed_after_each_answer()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { ClosesAfterReply = true } }, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        var answer = await client.AskAsync(2, "test_connection");

        Assert.Equal("server connected!", answer.Text);
        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Asking_for_the_current_picture_before_streaming_can_reset_the_connection()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { CurrentImageNeedsStreaming = true } }, _clock);
        using var hasty = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        using var polite = await ImageClient.ConnectAsync(simulator.ImageEndPoint);

        await hasty.SendAsync(20, "get_current_img");
        await polite.AskAsync(21, "begin_streaming");

        await Assert.ThrowsAnyAsync<IOException>(() => hasty.ReadAsync());
        Assert.Equal("there is no image now", (await polite.AskAsync(20, "get_current_img")).Text);
    }

    [Fact]
    public async Task The_idle_limit_of_pictures_can_be_shorter_than_that_of_control()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Unknowns = new() { ImageIdleLimit = TimeSpan.FromSeconds(5) } }, _clock);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        await client.AskAsync(2, "test_connection");

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(await client.ReadToEndAsync());
        Assert.Contains("server connected!", await control.AskAsync("{\"id\":1,\"method\":\"test_connection\"}"));
    }

    [Fact]
    public async Task A_slow_network_lets_few_previews_through_and_nothing_piles_up()
    {
        // 12 288 bytes and a header, forty times a second, where eight get through.
        await using var simulator = await Start.SimulatorAsync(Start.Small with { MegabytesPerSecond = 0.1, TimeScale = 20 });
        simulator.StartView();
        await simulator.WaitForStageAsync("ContinuousExposure", TestContext.Current.CancellationToken);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        while ((await client.AskAsync(21, "begin_streaming")).Text != "done")
        {
        }

        var began = TimeProvider.System.GetTimestamp();
        var first = (await client.ReadAsync()).ImageId;
        var last = first;
        for (var i = 0; i < 8; i++)
        {
            last = (await client.ReadAsync()).ImageId;
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0.95, 20);
        Assert.InRange(last - first, 16, 2000);
        Assert.InRange(simulator.PreviewsDropped, 8, 2000);
    }

    [Theory]
    [InlineData(SeestarModel.S30, null, 1)]
    [InlineData(SeestarModel.S30, BayerPhase.Grbg, 0)]
    [InlineData(SeestarModel.S30Pro, null, 0)]
    [InlineData(SeestarModel.S30Pro, BayerPhase.Rggb, 1)]
    public async Task Wide_pictures_have_the_colours_wished_for(SeestarModel model, BayerPhase? phase, int redX)
    {
        var options = Start.Small with { Model = model, Unknowns = new() { WidePhase = phase, WideSize = new PictureSize(128, 64) } };
        await using var simulator = await Start.SimulatorAsync(options, _clock);
        simulator.StartScenery();
        _clock.AdvanceUntil(() => simulator.Stage == "RTSP");
        _clock.Advance(TimeSpan.FromSeconds(4));
        using var client = await ImageClient.ConnectAsync(simulator.WideEndPoint!);

        var frame = await client.AskAsync(20, "get_current_img");

        // A green sample has its like beside it on the diagonal; the two others of a cell are red and blue, which differ.
        var samples = frame.Samples();
        double Mean(int x, int y) => Enumerable.Range(0, 64 * 32).Average(i => samples[(((2 * (i / 64)) + y) * 128) + (2 * (i % 64)) + x]);
        var (diagonal, other) = (Math.Abs(Mean(0, 0) - Mean(1, 1)), Math.Abs(Mean(1, 0) - Mean(0, 1)));
        Assert.Equal((128, 64), (frame.Width, frame.Height));
        Assert.Equal(redX == 1, diagonal > other);
    }

    [Fact]
    public async Task The_wide_port_can_be_without_a_picture()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Model = SeestarModel.S30Pro, StaleWidePicture = false }, _clock);
        simulator.StartScenery();
        _clock.AdvanceUntil(() => simulator.Stage == "RTSP");
        using var client = await ImageClient.ConnectAsync(simulator.WideEndPoint!);

        Assert.Equal("done", (await client.AskAsync(21, "begin_streaming")).Text);
        Assert.Equal("there is no image now", (await client.AskAsync(20, "get_current_img")).Text);
    }
}
