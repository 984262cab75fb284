using System.Text.Json;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.EndToEnd.Tests.Cameras;

/// <summary>The cameras that have to be asked for, and the readout modes, from the telescope to a client's array.</summary>
public sealed class FormatTests
{
    private const int Subs = 3;
    private const uint Luminance = 2;
    private const uint LatestSub = 3;

    private static readonly ServerOptions AllFormats = new()
    {
        Formats = [CameraFormat.Luminance, CameraFormat.LatestSub, CameraFormat.Wide],
        Grace = TimeSpan.FromSeconds(2),
    };

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task The_luminance_camera_delivers_luminance_or_one_channel(int mode, int? channel)
    {
        await using var observatory = await StartAsync();
        using var stack = observatory.Simulator.CopyStack()!;
        var client = observatory.Client(Luminance, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", mode)));
        AlpacaClient.Require(await client.ExposeAsync(0.02));
        var picture = await client.DownloadBytesAsync();

        Assert.Equal((0, 0x400), (await client.NumberAsync("sensortype"), (await client.GetAsync("bayeroffsetx")).Error));
        Assert.Equal((stack.Width, stack.Height, 1), (picture.Width, picture.Height, picture.Planes));
        AssertPixels(picture, (x, y) =>
        {
            var pixel = stack.Row(y).Slice(3 * x, 3);
            return channel is { } only ? pixel[only] : (pixel[0] + (2 * pixel[1]) + pixel[2] + 2) / 4;
        });
    }

    [Theory]
    [InlineData(SubPhase.Native, 1)]
    [InlineData(SubPhase.Rggb, 0)]
    public async Task The_sub_camera_delivers_the_newest_exposure_of_the_stack(SubPhase phase, int offset)
    {
        await using var observatory = await StartAsync(AllFormats with { SubPhase = phase });
        using var sub = observatory.Simulator.CopySub()!;
        var client = observatory.Client(LatestSub, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.ExposeAsync(0.02));
        var picture = await client.DownloadBytesAsync();

        Assert.Equal((2, offset, 0), (await client.NumberAsync("sensortype"), await client.NumberAsync("bayeroffsetx"), await client.NumberAsync("bayeroffsety")));
        Assert.Equal((sub.Width, sub.Height, 1), (picture.Width, picture.Height, picture.Planes));
        AssertPixels(picture, (x, y) => sub.Row(y)[offset == 1 ? x : Math.Min(x + 1, x == sub.Width - 1 ? x - 1 : x + 1)]);
        var info = JsonDocument.Parse(AlpacaClient.Require(await client.PutAsync("action", ("Action", "StackInfo"), ("Parameters", ""))).Value.GetString()!).RootElement;
        Assert.Equal((JsonValueKind.Null, true), (info.GetProperty("stack").ValueKind, info.GetProperty("sub").GetProperty("ofStack").GetBoolean()));
    }

    [Fact]
    public async Task The_sub_camera_shows_the_live_view_and_stops_the_stream_when_it_has_its_picture()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { TimeScale = 5, StartStacking = false }], AllFormats);
        observatory.Simulator.StartView(new SkyTarget("M 94", 12.8481, 41.1203));
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.IsLive is true);
        var client = observatory.Client(LatestSub, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.ExposeAsync(0.1));
        var picture = await client.DownloadBytesAsync();

        Assert.Equal((108, 192), (picture.Width, picture.Height));
        await StreamsEndAsync(observatory.Simulator);
    }

    [Fact]
    public async Task The_live_stack_camera_delivers_subs_in_its_own_cells_in_the_readout_mode_Latest_sub()
    {
        await using var observatory = await StartAsync();
        using var sub = observatory.Simulator.CopySub()!;
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", 2)));
        AlpacaClient.Require(await client.ExposeAsync(0.02));
        var picture = await client.DownloadBytesAsync();

        Assert.Equal((2 * sub.Width, 2 * sub.Height), (picture.Width, picture.Height));
        AssertPixels(picture, (x, y) =>
        {
            var (column, row) = ((2 * (x / 4)) + (x % 2) + 1, (2 * (y / 4)) + (y % 2));
            return sub.Row(row)[column < sub.Width ? column : column - 2];
        });
    }

    [Fact]
    public async Task The_stretched_stack_is_brighter_than_the_linear_one()
    {
        await using var observatory = await StartAsync();
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.ExposeAsync(0.02));
        var linear = await client.DownloadBytesAsync();
        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", 4)));
        AlpacaClient.Require(await client.ExposeAsync(0.02));
        var stretched = await client.DownloadBytesAsync();

        Assert.InRange(Median(stretched), 0.2 * 65535, 0.3 * 65535);
        Assert.True(Median(linear) < 0.1 * 65535);
    }

    [Fact]
    public async Task A_telescope_with_a_wide_camera_offers_it_once_its_model_is_known_and_one_without_does_not()
    {
        await using var observatory = await Observatory.StartAsync(
            [Observatory.FastTelescope, Observatory.FastTelescope with { Model = SeestarModel.S30, Seed = 2 }], AllFormats);

        await observatory.WaitAsync(telescope => telescope.Record.Cameras.Any(camera => camera.Format == CameraFormat.Wide), observatory.Registry.Telescopes[1]);
        var devices = JsonDocument.Parse(await observatory.Http.GetStringAsync("management/v1/configureddevices", TestContext.Current.CancellationToken)).RootElement
            .GetProperty("Value").EnumerateArray().Select(device => device.GetProperty("DeviceName").GetString()!).ToArray();

        Assert.Single(devices, name => name.EndsWith("Wide camera", StringComparison.Ordinal));
        Assert.Contains(devices, name => name.StartsWith("Simulated", StringComparison.Ordinal) || name.Contains("S30", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_wide_camera_never_delivers_the_old_picture_of_a_video_view()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Model = SeestarModel.S30 }], AllFormats);
        await observatory.WaitAsync(telescope => telescope.Record.Cameras.Any(camera => camera.Format == CameraFormat.Wide));
        var client = observatory.Client(observatory.Telescope.Record.Cameras.Single(camera => camera.Format == CameraFormat.Wide).Number, 11);
        await client.ConnectAsync();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.IsStacking);

        var inStarView = await client.ExposeAsync(0.02);
        observatory.Simulator.StartScenery();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.ShowsVideo);
        var inVideoView = await client.StartAsync(0.02);

        Assert.Equal((0x500, 0x40B), (inStarView.Error, inVideoView.Error));
        Assert.Contains("has chosen it", inStarView.Message, StringComparison.Ordinal);
        Assert.Contains("video view", inVideoView.Message, StringComparison.Ordinal);
        Assert.Equal((1920, 1080), (await client.NumberAsync("cameraxsize"), await client.NumberAsync("cameraysize")));
    }

    private static async Task<Observatory> StartAsync(ServerOptions? options = null)
    {
        var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Subs = Subs }], options ?? AllFormats);
        await observatory.LookAsync(Subs);
        return observatory;
    }

    /// <summary>Waits until every stream that was begun has been stopped.</summary>
    private static async Task StreamsEndAsync(SeestarSimulator simulator)
    {
        for (var tries = 0; simulator.ImageRequests.GetValueOrDefault("stop_streaming") < simulator.ImageRequests.GetValueOrDefault("begin_streaming"); tries++)
        {
            Assert.InRange(tries, 0, 1000);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static double Median(Picture picture) => picture.Samples.Order().ElementAt(picture.Samples.Length / 2);

    private static void AssertPixels(Picture picture, Func<int, int, int> expected)
    {
        for (var x = 0; x < picture.Width; x++)
        {
            for (var y = 0; y < picture.Height; y++)
            {
                Assert.Equal((x, y, expected(x, y)), (x, y, picture[x, y]));
            }
        }
    }
}
