using System.Text.Json;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Cameras;

/// <summary>A client may solve a picture and synchronise a mount on it: an old field is worse than an error.</summary>
public sealed class PresentStackTests
{
    private static readonly SkyTarget Elsewhere = new("M 94", 12.8481, 41.1203);
    private static readonly ServerOptions Hasty = new() { Grace = TimeSpan.FromSeconds(0.5) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exposure_that_ends_during_a_goto_fails_with_the_telescopes_state()
    {
        await using var observatory = await Observatory.StartAsync(
            [Observatory.FastTelescope with { TimeScale = 15 }], new ServerOptions { Grace = TimeSpan.Zero });
        var client = await ConnectWithStackAsync(observatory);

        AlpacaClient.Require(await client.StartAsync(0.3));
        observatory.Simulator.StartView(Elsewhere);
        var ready = await client.ReadyAsync();

        Assert.Equal(0x500, ready.Error);
        Assert.Contains("moves to M 94", ready.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, (await client.GetAsync("imagearray")).Error);
    }

    [Fact]
    public async Task After_a_goto_the_first_picture_is_of_the_new_field()
    {
        await using var observatory = await Observatory.StartAsync();
        var client = await ConnectWithStackAsync(observatory);
        using var old = observatory.Simulator.CopyStack()!;

        observatory.Simulator.StartView(Elsewhere);
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope is { TargetName: "M 94", IsLive: true });
        observatory.Simulator.StartStack();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope is { TargetName: "M 94", IsStacking: true });
        AlpacaClient.Require(await client.ExposeAsync(0.1));
        var picture = await client.DownloadBytesAsync();

        using var present = observatory.Simulator.CopyStack()!;
        Assert.False(Fields.ShowsSame(picture, old));
        Assert.True(Fields.ShowsSame(picture, present));
    }

    [Fact]
    public async Task A_restart_of_the_stack_during_an_exposure_never_delivers_the_old_stack()
    {
        await using var observatory = await Observatory.StartAsync();
        var client = await ConnectWithStackAsync(observatory, frames: 5);

        AlpacaClient.Require(await client.StartAsync(0.05));
        using var old = observatory.Simulator.CopyStack()!;
        observatory.Simulator.StopStack();
        await observatory.WaitAsync(telescope => !telescope.Session.Snapshot.Telescope.IsStacking);
        await client.PutAsync("abortexposure");
        observatory.Simulator.StartStack();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.IsStacking);
        AlpacaClient.Require(await client.ExposeAsync(0.05));

        Assert.InRange((await InfoAsync(client)).GetProperty("stack").GetProperty("frames").GetInt32(), 1, 4);
        Assert.NotEqual(Expected.Rgb(old).Samples, (await client.DownloadBytesAsync()).Samples);
    }

    [Fact]
    public async Task A_change_of_the_view_during_an_exposure_makes_it_fail()
    {
        await using var observatory = await Observatory.StartAsync(options: Hasty);
        var client = await ConnectWithStackAsync(observatory);

        AlpacaClient.Require(await client.StartAsync(1));
        observatory.Simulator.StopView();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.ViewState == "cancel");
        observatory.Simulator.StartScenery();
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.Scenery);
        var ready = await client.ReadyAsync();

        Assert.Equal(0x500, ready.Error);
        Assert.Contains("scenery", ready.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_closing_of_the_arm_during_an_exposure_makes_it_fail()
    {
        await using var observatory = await Observatory.StartAsync(options: Hasty);
        var client = await ConnectWithStackAsync(observatory);

        AlpacaClient.Require(await client.StartAsync(1));
        observatory.Simulator.CloseArm();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.ArmClosed is true);
        var ready = await client.ReadyAsync();

        Assert.Equal(0x500, ready.Error);
        Assert.Contains("arm", ready.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_stacking_and_nothing_held_is_told_by_StartExposure_at_once()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { StartStacking = false }]);
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.NoView);
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();

        var refused = await client.StartAsync(1);

        Assert.Equal(0x40B, refused.Error);
        Assert.Contains("start stacking", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.70")]
    [InlineData("7.32")]
    public async Task Last_nights_stack_in_the_telescope_is_never_delivered(string firmware)
    {
        var simulator = await SeestarSimulator.StartAsync(
            Observatory.FastTelescope with { Firmware = firmware },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            Cancellation);
        await simulator.WaitForStackedFrameAsync(2, Cancellation);
        simulator.StopView();
        await simulator.WaitForEndOfViewAsync(Cancellation);
        await using var observatory = await Observatory.StartServerAsync([simulator], Hasty, null, null, Cancellation);
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();

        var outcome = await client.ExposeAsync(0.1);

        Assert.NotEqual(0, outcome.Error);
    }

    [Fact]
    public async Task New_frame_waits_across_a_restart_for_the_first_exposure_of_the_new_stack()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Subs = 3 }]);
        var client = await ConnectWithStackAsync(observatory, frames: 3);
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Stack?.Frames == 3);
        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", 1)));

        AlpacaClient.Require(await client.StartAsync(0.05));
        observatory.Simulator.StopStack();
        await observatory.WaitAsync(telescope => !telescope.Session.Snapshot.Telescope.IsStacking);
        observatory.Simulator.StartStack();
        AlpacaClient.Require(await client.ReadyAsync());

        Assert.Equal(1, (await InfoAsync(client)).GetProperty("stack").GetProperty("frames").GetInt32());
    }

    private static async Task<AlpacaClient> ConnectWithStackAsync(Observatory observatory, int frames = 1)
    {
        var client = observatory.Client(1, 11);
        await observatory.LookAsync(frames);
        await client.ConnectAsync();
        return client;
    }

    private static async Task<JsonElement> InfoAsync(AlpacaClient client)
    {
        var answer = AlpacaClient.Require(await client.PutAsync("action", ("Action", "StackInfo"), ("Parameters", string.Empty)));
        using var document = JsonDocument.Parse(answer.Value.GetString()!);
        return document.RootElement.Clone();
    }
}
