using SeestarAlpaca.EndToEnd.Tests.Support;

namespace SeestarAlpaca.EndToEnd.Tests.Cameras;

/// <summary>Several programs on one telescope never disturb each other.</summary>
public sealed class ManyClientsTests
{
    [Fact]
    public async Task Two_clients_of_one_camera_have_their_own_bin_subframe_timing_and_picture()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Subs = 2 }]);
        await observatory.LookAsync(2);
        using var stack = observatory.Simulator.CopyStack()!;
        var (one, other) = (observatory.Client(1, 11), observatory.Client(1, 12));
        await one.ConnectAsync();
        await other.ConnectAsync();

        await one.FrameAsync(2);
        await other.FrameAsync(1, (10, 20, 30, 40));
        AlpacaClient.Require(await other.StartAsync(0.05));
        AlpacaClient.Require(await one.StartAsync(60));
        AlpacaClient.Require(await other.ReadyAsync());

        Assert.Equal(2, await one.NumberAsync("camerastate"));
        Assert.Equal(Expected.Rgb(stack, 1, (10, 20, 30, 40)).Samples, (await other.DownloadBytesAsync()).Samples);
        AlpacaClient.Require(await one.PutAsync("stopexposure"));
        AlpacaClient.Require(await one.ReadyAsync());
        Assert.Equal(Expected.Rgb(stack, 2).Samples, (await one.DownloadBytesAsync()).Samples);
    }

    [Fact]
    public async Task A_client_on_each_camera_gets_its_own_format()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Subs = 2 }]);
        await observatory.LookAsync(2);
        var (mosaic, colour) = (observatory.Client(0, 11), observatory.Client(1, 11));
        await mosaic.ConnectAsync();
        await colour.ConnectAsync();

        await Task.WhenAll(mosaic.ExposeAsync(0.2), colour.ExposeAsync(0.1));

        Assert.Equal(1, (await mosaic.DownloadBytesAsync()).Planes);
        Assert.Equal(3, (await colour.DownloadBytesAsync()).Planes);
    }

    [Fact]
    public async Task The_one_pixel_subframe_that_a_client_leaves_behind_does_not_reach_the_next()
    {
        await using var observatory = await Observatory.StartAsync();
        await observatory.LookAsync();
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        await client.FrameAsync(3, (0, 0, 1, 1));

        await client.DisconnectAsync();
        await client.ConnectAsync();
        var next = observatory.Client(1, 12);
        await next.ConnectAsync();

        foreach (var each in new[] { client, next })
        {
            Assert.Equal((1, 108, 192), (await each.NumberAsync("binx"), await each.NumberAsync("numx"), await each.NumberAsync("numy")));
            Assert.False((await each.GetAsync("imageready")).Value.GetBoolean());
        }
    }

    [Fact]
    public async Task A_download_that_has_begun_stays_whole_while_ten_new_stacks_arrive_and_a_new_exposure_ends()
    {
        // Pictures larger than all the buffers on the way, so that the server still sends while they change.
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Size = new(1080, 1920), TimeScale = 100 }]);
        await observatory.LookAsync();
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        AlpacaClient.Require(await client.ExposeAsync(0.05));
        var whole = await client.DownloadBytesAsync();

        using var response = await client.RequestImageAsync("application/imagebytes", HttpCompletionOption.ResponseHeadersRead);
        var before = observatory.Telescope.Session.Frames.NewestDetails!.Sequence;
        await observatory.WaitAsync(telescope => telescope.Session.Frames.NewestDetails!.Sequence >= before + 10);
        AlpacaClient.Require(await client.ExposeAsync(0.05));
        var late = AlpacaClient.ReadImageBytes(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        Assert.Equal(whole.Samples, late.Samples);
        Assert.NotEqual(whole.Samples, (await client.DownloadBytesAsync()).Samples);
    }
}
