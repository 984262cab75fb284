using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Sky;

public sealed class WideAndMosaicTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(SeestarModel.S30, 96, 64)]
    [InlineData(SeestarModel.S30Pro, 64, 96)]
    public async Task The_wide_picture_lies_as_the_models_sensor_does(SeestarModel model, int width, int height)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Model = model }, _clock);
        simulator.StartScenery();
        _clock.AdvanceUntil(() => simulator.Stage == "RTSP");
        using var client = await ImageClient.ConnectAsync(simulator.WideEndPoint!);

        var frame = await client.AskAsync(20, "get_current_img");

        Assert.Equal((width, height), (frame.Width, frame.Height));
    }

    [Fact]
    public void A_sensor_of_another_phase_has_its_colours_elsewhere()
    {
        var size = new PictureSize(64, 64);
        var pointing = new Pointing("", 0, 0);
        var sub = new SyntheticSource(SyntheticSkyKind.Stars, size, new Sensor(16, 80, 1), 1, BayerPhase.Rggb)
            .Expose(new SubRequest(pointing, new Exposure(10, 80), 1, 0));
        double Mean(int x, int y) => Enumerable.Range(0, 32 * 32).Select(i => (double)sub.Row(y + (2 * (i / 32)))[x + (2 * (i % 32))]).Order().ElementAt(512);

        Assert.Equal(BayerPhase.Rggb, sub.Phase);
        Assert.True(Mean(0, 0) < Mean(1, 0) - 50 && Mean(1, 1) < Mean(0, 1) - 100, "Green is on the other diagonal.");
    }

    [Theory]
    [InlineData(1.5, false, 96, 144)]
    [InlineData(1.25, true, 160, 240)]
    public async Task A_mosaic_has_borders_without_data(double scale, bool doubled, int width, int height)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true, MosaicScale = scale, DoubleStack = doubled }, _clock);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 2);
        using var stack = simulator.CopyStack()!;
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        var frame = await client.AskAsync(23, "get_stacked_img");
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        var info = await control.ResultAsync("{\"id\":1,\"verify\":true,\"method\":\"get_stack_info\"}");

        Assert.Equal((width, height), (stack.Width, stack.Height));
        Assert.Equal((width, height), (frame.Width, frame.Height));
        Assert.Equal((width, height), (info.GetProperty("width").GetInt32(), info.GetProperty("height").GetInt32()));
        Assert.Equal([0, 0, 0], stack.Row(0)[..3].ToArray());
        Assert.Equal([0, 0, 0], stack.Row(height - 1)[^3..].ToArray());
        Assert.All(stack.Row(height / 2).Slice(3 * (width / 2), 3).ToArray(), sample => Assert.True(sample > 300));
        var empty = Enumerable.Range(0, width * height).Count(i => stack.Samples.Slice(3 * i, 3).IndexOfAnyExcept((ushort)0) < 0);
        Assert.InRange(empty / (double)(width * height), 1 - (1 / (scale * scale)) - 0.02, 1 - (1 / (scale * scale)) + 0.02);
    }
}
