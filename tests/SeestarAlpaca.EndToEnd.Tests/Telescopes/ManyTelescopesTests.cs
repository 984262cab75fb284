using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Telescopes;

/// <summary>Telescopes come, go, move and are recognised.</summary>
public sealed class ManyTelescopesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_telescopes_have_two_cameras_each_and_their_own_skies()
    {
        await using var observatory = await Observatory.StartAsync(
            [Observatory.FastTelescope with { Seed = 1, Subs = 2 }, Observatory.FastTelescope with { Seed = 2, Subs = 2 }]);

        foreach (var (camera, simulator, telescope) in new[] { (1u, observatory.Simulators[0], 0), (3u, observatory.Simulators[1], 1) })
        {
            await observatory.LookAsync(2, observatory.Registry.Telescopes[telescope]);
            var client = observatory.Client(camera, 11);
            await client.ConnectAsync();
            AlpacaClient.Require(await client.ExposeAsync(0.05));
            using var stack = simulator.CopyStack()!;
            Assert.Equal(Expected.Rgb(stack).Samples, (await client.DownloadBytesAsync()).Samples);
        }
    }

    [Fact]
    public async Task Without_a_key_a_locked_telescope_is_watched_and_its_stack_delivered()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Firmware = "7.32" }]);
        await observatory.LookAsync();
        Assert.Equal(Access.Spectator, observatory.Telescope.Session.Snapshot.Access);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.ExposeAsync(0.3));

        Assert.Equal((216, 384), ((await client.DownloadBytesAsync()).Width, (await client.DownloadBytesAsync()).Height));
    }

    [Fact]
    public async Task With_the_users_key_a_locked_telescope_is_verified()
    {
        var simulator = await StartSimulatorAsync(Observatory.FastTelescope with { Firmware = "7.32" });
        var key = Path.Combine(Directory.CreateTempSubdirectory("seestaralpaca-key-").FullName, "key.pem");
        await File.WriteAllTextAsync(key, simulator.PrivateKeyPem, Cancellation);

        await using var observatory = await Observatory.StartServerAsync([simulator], new ServerOptions { KeyFile = key }, null, null, Cancellation);

        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Access == Access.Verified && telescope.Record.Serial == simulator.Serial);
    }

    [Fact]
    public async Task A_camera_keeps_number_and_UniqueID_when_the_serial_number_is_learnt_later()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Firmware = "7.32" }]);
        var before = await DevicesAsync(observatory);
        Assert.Null(observatory.Telescope.Record.Serial);

        observatory.Registry.Take(new FoundTelescope(observatory.Telescope.Address!, TelescopeSource.Scan) { Serial = "4ddb0535", Model = "Seestar S50" });

        Assert.Equal("4ddb0535", observatory.Telescope.Record.Serial);
        Assert.Equal(before, await DevicesAsync(observatory));
    }

    [Fact]
    public async Task Numbers_and_UniqueIDs_outlive_a_restart_of_the_server_and_a_change_of_the_telescopes_address()
    {
        var data = Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName;
        List<string> before;
        await using (var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Seed = 5 }], data: data))
        {
            await observatory.WaitAsync(telescope => telescope.Record.Serial is not null);
            before = await DevicesAsync(observatory);
        }

        // The same telescope on other ports is what another address is in a network of one machine.
        await using var later = await Observatory.StartAsync([Observatory.FastTelescope with { Seed = 5 }], data: data);
        await later.WaitAsync(telescope => telescope.Address == TelescopeAddress.Parse(later.Simulator.TelescopeAddressText));
        await later.LookAsync();

        Assert.Equal(before, await DevicesAsync(later));
        var client = later.Client(1, 11);
        await client.ConnectAsync();
        AlpacaClient.Require(await client.ExposeAsync(0.3));
    }

    [Fact]
    public async Task A_telescope_that_goes_away_stays_listed_and_connecting_to_it_fails_with_a_remedy()
    {
        await using var observatory = await Observatory.StartAsync();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.IsStacking);
        var before = await DevicesAsync(observatory);

        await observatory.Simulator.DisposeAsync();
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.Unreachable);
        var refused = await observatory.Client(0, 11).PutAsync("connected", ("Connected", true));

        Assert.Equal(before, await DevicesAsync(observatory));
        Assert.Equal(0x500, refused.Error);
        Assert.Contains("Switch it on", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_telescope_that_is_lost_during_a_session_leaves_the_client_connected_and_StartExposure_failing()
    {
        await using var observatory = await Observatory.StartAsync(options: new ServerOptions { Grace = TimeSpan.FromSeconds(0.5) });
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.IsStackPresent);

        await observatory.Simulator.DisposeAsync();
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.Unreachable && !telescope.Session.Snapshot.IsStackPresent);
        var refused = await client.StartAsync(0.1);

        Assert.Equal(0x500, refused.Error);
        Assert.True((await client.GetAsync("connected")).Value.GetBoolean());
        Assert.Equal(0, await client.NumberAsync("camerastate"));
    }

    [Fact]
    public async Task A_client_whose_telescope_turns_out_to_be_a_known_one_is_told_so_and_connects_again()
    {
        var data = Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName;
        await using (var before = await Observatory.StartAsync([Observatory.FastTelescope with { Seed = 6 }], data: data))
        {
            await before.WaitAsync(telescope => telescope.Record.Serial is not null);
        }

        // The same telescope, elsewhere and locked: nobody tells its serial number at first.
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Seed = 6, Firmware = "7.32" }], data: data);
        var unknown = Assert.Single(observatory.Registry.Telescopes, telescope => telescope.Record.Serial is null);
        var camera = unknown.Record.Cameras[1].Number;
        await observatory.LookAsync(1, unknown);
        var client = observatory.Client(camera, 11);
        await client.ConnectAsync();

        observatory.Registry.Take(new FoundTelescope(unknown.Address!, TelescopeSource.Scan) { Serial = observatory.Simulator.Serial });
        Assert.False((await client.GetAsync("connected")).Value.GetBoolean());
        await observatory.LookAsync();
        await client.ConnectAsync();

        AlpacaClient.Require(await client.ExposeAsync(0.05));
    }

    [Fact]
    public async Task A_telescope_found_while_the_server_runs_gets_the_next_numbers()
    {
        await using var observatory = await Observatory.StartAsync();
        await using var second = await StartSimulatorAsync(Observatory.FastTelescope with { Seed = 9 });

        observatory.Registry.Take(new FoundTelescope(TelescopeAddress.Parse(second.TelescopeAddressText), TelescopeSource.Configured));
        await observatory.LookAsync(1, observatory.Registry.Telescopes[1]);
        var client = observatory.Client(3, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.ExposeAsync(0.5));
    }

    [Fact]
    public async Task Forgetting_a_telescope_takes_its_cameras_away()
    {
        await using var observatory = await Observatory.StartAsync();

        var response = await observatory.Http.DeleteAsync($"web/v1/telescopes/{observatory.Telescope.Record.Id}", Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await DevicesAsync(observatory));
    }

    private static Task<SeestarSimulator> StartSimulatorAsync(SimulatorOptions options) =>
        SeestarSimulator.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);

    private static async Task<List<string>> DevicesAsync(Observatory observatory)
    {
        using var json = JsonDocument.Parse(await observatory.Http.GetStringAsync("management/v1/configureddevices", Cancellation));
        return [.. json.RootElement.GetProperty("Value").EnumerateArray().Select(device => $"{device.GetProperty("DeviceNumber")} {device.GetProperty("UniqueID")}")];
    }
}
