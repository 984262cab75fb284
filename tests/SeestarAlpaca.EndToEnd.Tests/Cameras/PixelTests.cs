using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.EndToEnd.Tests.Cameras;

/// <summary>From the telescope's stack to a client's array, sample by sample.</summary>
public sealed class PixelTests
{
    private const int Subs = 3;

    [Fact]
    public async Task The_RGB_camera_delivers_the_stack_exactly_over_ImageBytes_and_over_JSON()
    {
        await using var observatory = await StartFrozenAsync();
        using var stack = observatory.Simulator.CopyStack()!;
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.ExposeAsync(0.05));

        var expected = Expected.Rgb(stack);
        AssertSame(expected, await client.DownloadBytesAsync());
        AssertSame(expected, await client.DownloadJsonAsync());
        AssertSame(expected, await client.DownloadJsonAsync("imagearrayvariant"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_bin_of_every_camera_is_the_binned_stack(int bin)
    {
        await using var observatory = await StartFrozenAsync();
        using var stack = observatory.Simulator.CopyStack()!;

        AssertSame(Expected.Lossless(stack, bin), await TakeAsync(observatory, 0, bin));
        AssertSame(Expected.Rgb(stack, bin), await TakeAsync(observatory, 1, bin));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_same_size_recipe_keeps_one_sample_of_each_binned_pixel(int bin)
    {
        await using var observatory = await StartFrozenAsync(new ServerOptions { Mosaic = MosaicRecipe.SameSize, Grace = TimeSpan.Zero });
        using var stack = observatory.Simulator.CopyStack()!;

        AssertSame(Expected.SameSize(stack, bin), await TakeAsync(observatory, 0, bin));
    }

    [Fact]
    public async Task A_subframe_is_cut_after_binning_and_mosaicking()
    {
        await using var observatory = await StartFrozenAsync();
        using var stack = observatory.Simulator.CopyStack()!;
        var area = (X: 7, Y: 20, Width: 31, Height: 16);

        AssertSame(Expected.Lossless(stack, 2, area), await TakeAsync(observatory, 0, 2, area));
        AssertSame(Expected.Rgb(stack, 1, area), await TakeAsync(observatory, 1, 1, area));
    }

    [Fact]
    public async Task A_subframe_outside_the_picture_is_refused_by_StartExposure_and_not_by_the_setters()
    {
        await using var observatory = await StartFrozenAsync();
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();

        await client.FrameAsync(1, (0, 0, 109, 192));
        var refused = await client.StartAsync(0.1);

        Assert.Equal(0x401, refused.Error);
        Assert.Contains("108×192", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Picture> TakeAsync(Observatory observatory, uint camera, int bin, (int X, int Y, int Width, int Height)? area = null)
    {
        var client = observatory.Client(camera, 11);
        await client.ConnectAsync();
        await client.FrameAsync(bin, area);
        AlpacaClient.Require(await client.ExposeAsync(0.02));
        return await client.DownloadBytesAsync();
    }

    private static async Task<Observatory> StartFrozenAsync(ServerOptions? options = null)
    {
        var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Subs = Subs }], options);
        await observatory.LookAsync(Subs);
        return observatory;
    }

    private static void AssertSame(Picture expected, Picture actual)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Planes), (actual.Width, actual.Height, actual.Planes));
        Assert.Equal(expected.Samples, actual.Samples);
    }
}
