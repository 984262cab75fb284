using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
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
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Subs = 4 }]);
        var client = await ConnectWithStackAsync(observatory, frames: 4);
        using var old = observatory.Simulator.CopyStack()!;

        AlpacaClient.Require(await client.StartAsync(120));
        observatory.Simulator.StopStack();
        await observatory.WaitAsync(telescope => !telescope.Session.Snapshot.Telescope.IsStacking);
        observatory.Simulator.StartStack();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot is { IsStackPresent: true, Telescope.IsStacking: true, Stack.Frames: < 4 });
        AlpacaClient.Require(await client.PutAsync("stopexposure"));
        AlpacaClient.Require(await client.ReadyAsync());

        Assert.NotEqual(Expected.Rgb(old).Samples, (await client.DownloadBytesAsync()).Samples);
    }

    [Fact]
    public async Task An_exposure_that_ends_between_the_restart_and_the_first_new_exposure_fails()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { TimeScale = 10, Subs = 1 }]);
        var client = await ConnectWithStackAsync(observatory);

        AlpacaClient.Require(await client.StartAsync(120));
        observatory.Simulator.StopStack();
        await observatory.WaitAsync(telescope => !telescope.Session.Snapshot.Telescope.IsStacking);
        observatory.Simulator.StartStack();
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.StackStarting);
        AlpacaClient.Require(await client.PutAsync("stopexposure"));

        Assert.Equal(0x500, (await client.ReadyAsync()).Error);
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

    [Fact]
    public async Task Last_nights_stack_is_refused_at_once_where_the_telescope_tells_that_it_does_not_stack()
    {
        await using var observatory = await StartAfterLastNightAsync("6.70");
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.NoView);
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();

        var refused = await client.StartAsync(0.1);

        Assert.Equal(0x40B, refused.Error);
        Assert.Contains("shows nothing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Last_nights_stack_is_fetched_and_not_delivered_where_the_telescope_tells_nothing()
    {
        await using var observatory = await StartAfterLastNightAsync("7.32");
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot is { Stack: not null, IsStackPresent: false });

        // A client connects again because the size of what came is another than that of the model.
        await client.DisconnectAsync();
        await client.ConnectAsync();
        var outcome = await client.ExposeAsync(0.1);

        Assert.Equal(0x500, outcome.Error);
        Assert.Contains("nothing was heard yet", outcome.Message, StringComparison.Ordinal);
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

    /// <summary>A server that meets a telescope which has stopped stacking before, and still holds its stack.</summary>
    private static async Task<Observatory> StartAfterLastNightAsync(string firmware)
    {
        var simulator = await SeestarSimulator.StartAsync(
            Observatory.FastTelescope with { Firmware = firmware }, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        await simulator.WaitForStackedFrameAsync(2, Cancellation);
        simulator.StopView();
        await simulator.WaitForEndOfViewAsync(Cancellation);
        return await Observatory.StartServerAsync([simulator], Hasty, null, null, Cancellation);
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
