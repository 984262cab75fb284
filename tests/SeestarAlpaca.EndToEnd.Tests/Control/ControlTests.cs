using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Control;

/// <summary>What a client of a camera can make a telescope do, and what it cannot.</summary>
public sealed class ControlTests
{
    private static readonly ServerOptions Allowed = new() { AllowControl = true, Grace = TimeSpan.FromSeconds(1) };
    private static readonly SimulatorOptions Live = Observatory.FastTelescope with { StartStacking = false, TimeScale = 20 };

    [Fact]
    public async Task Gain_is_in_value_mode_and_reaches_the_telescope_once()
    {
        await using var observatory = await StartLiveAsync(Allowed);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();

        Assert.Equal((80, 0, 400), (await client.NumberAsync("gain"), await client.NumberAsync("gainmin"), await client.NumberAsync("gainmax")));
        Assert.Equal(0x400, (await client.GetAsync("gains")).Error);
        AlpacaClient.Require(await client.PutAsync("gain", ("Gain", 80)));
        AlpacaClient.Require(await client.PutAsync("gain", ("Gain", 120)));
        AlpacaClient.Require(await client.PutAsync("gain", ("Gain", 120)));

        Assert.Equal(120, await client.NumberAsync("gain"));
        Assert.Equal(["set_control_value [\"gain\",120]"], Sent(observatory, "set_control_value"));
        Assert.Equal(1, observatory.Simulator.ControlRequests["set_control_value [\"gain\",120]"]);
        Assert.Equal((0x401, 0x401), ((await client.PutAsync("gain", ("Gain", -1))).Error, (await client.PutAsync("gain", ("Gain", 401))).Error));
    }

    [Fact]
    public async Task The_length_of_exposures_is_one_of_those_that_the_telescope_offers()
    {
        await using var observatory = await StartLiveAsync(Allowed);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();

        Assert.Equal(10, AlpacaClient.Require(await client.GetAsync("subexposureduration")).Value.GetDouble());
        AlpacaClient.Require(await client.PutAsync("subexposureduration", ("SubExposureDuration", 10)));
        AlpacaClient.Require(await client.PutAsync("subexposureduration", ("SubExposureDuration", 20)));
        AlpacaClient.Require(await client.PutAsync("subexposureduration", ("SubExposureDuration", 5)));
        var refused = await client.PutAsync("subexposureduration", ("SubExposureDuration", 15));

        Assert.Equal(5, AlpacaClient.Require(await client.GetAsync("subexposureduration")).Value.GetDouble());
        Assert.Equal(["set_setting {\"exp_ms\":{\"stack_l\":20000}}", "set_setting {\"exp_ms\":{\"stack_l\":5000}}"], Sent(observatory, "set_setting").Order());
        Assert.Equal(0x401, refused.Error);
        Assert.Contains("2, 5, 10, 20, 30, 60", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_and_dew_heater_are_actions()
    {
        await using var observatory = await StartLiveAsync(Allowed);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await ActAsync(client, "SetFilter", "ircut"));
        AlpacaClient.Require(await ActAsync(client, "SetFilter", "LP"));
        AlpacaClient.Require(await ActAsync(client, "SetFilter", "LP"));
        AlpacaClient.Require(await ActAsync(client, "SetDewHeater", "40"));
        AlpacaClient.Require(await ActAsync(client, "SetDewHeater", "off"));

        Assert.Equal(["set_setting {\"stack_lenhance\":true}"], Sent(observatory, "set_setting"));
        Assert.Equal(2, Sent(observatory, "pi_output_set2").Length);
        Assert.Equal((0x401, 0x401), ((await ActAsync(client, "SetFilter", "red")).Error, (await ActAsync(client, "SetDewHeater", "101")).Error));
    }

    [Fact]
    public async Task A_stack_that_was_begun_here_can_be_changed_and_ended_here()
    {
        await using var observatory = await StartAfterStackAsync(Allowed);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await ActAsync(client, "StartStacking"));
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot is { IsOwnStack: true });
        var again = await ActAsync(client, "StartStacking");
        AlpacaClient.Require(await client.PutAsync("gain", ("Gain", 100)));
        AlpacaClient.Require(await client.ExposeAsync(0.5));
        AlpacaClient.Require(await ActAsync(client, "StopStacking"));
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope is { IsStacking: false, IsLive: true });

        Assert.Equal(0x40B, again.Error);
        Assert.Contains("stacking already", again.Message, StringComparison.Ordinal);
        AlpacaClient.Require(await ActAsync(client, "StopStacking"));
    }

    [Fact]
    public async Task A_stack_of_the_phone_app_survives_everything_that_a_client_can_do_without_AllowRestart()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope], Allowed);
        await observatory.LookAsync(2);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();
        var epoch = observatory.Telescope.Session.Snapshot.Telescope.Epoch;

        var refusals = new List<Answer>
        {
            await client.PutAsync("gain", ("Gain", 200)),
            await client.PutAsync("subexposureduration", ("SubExposureDuration", 20)),
            await ActAsync(client, "SetFilter", "LP"),
            await ActAsync(client, "StartStacking"),
            await ActAsync(client, "StopStacking"),
        };
        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", 3)));
        refusals.Add(await client.StartAsync(1));
        foreach (var mode in new[] { 0, 1, 2, 4 })
        {
            AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", mode)));
            AlpacaClient.Require(await client.ExposeAsync(0.1));
            AlpacaClient.Require(await client.StartAsync(5));
            await client.PutAsync(mode % 2 == 0 ? "abortexposure" : "stopexposure");
        }

        await client.DisconnectAsync();
        await client.ConnectAsync();

        Assert.All(refusals, refusal => Assert.Equal(0x40B, refusal.Error));
        Assert.Contains("AllowRestart", refusals[^1].Message, StringComparison.Ordinal);
        Assert.Equal(("Stack", epoch), (observatory.Simulator.Stage, observatory.Telescope.Session.Snapshot.Telescope.Epoch));
        Assert.DoesNotContain(
            observatory.Simulator.ControlRequests.Keys, request => request.StartsWith("set_", StringComparison.Ordinal) || request.StartsWith("iscope_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Even_with_AllowRestart_a_stack_of_the_phone_app_is_never_touched()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope], Allowed with { AllowRestart = true });
        await observatory.LookAsync(1);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();

        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", 3)));
        var refused = await client.StartAsync(1);

        Assert.Equal(0x40B, refused.Error);
        Assert.Contains("stacking already", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Sent(observatory, "iscope"));
    }

    [Fact]
    public async Task Each_fresh_stack_begins_with_its_exposure_has_as_many_subs_as_were_asked_for_and_is_ended()
    {
        await using var observatory = await StartAfterStackAsync(Allowed with { AllowRestart = true });
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        AlpacaClient.Require(await client.PutAsync("subexposureduration", ("SubExposureDuration", 2)));
        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", 3)));
        AlpacaClient.Require(await ActAsync(client, "StartStacking"));
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.IsOwnStack);

        var frames = new List<int>();
        for (var exposure = 0; exposure < 2; exposure++)
        {
            AlpacaClient.Require(await client.ExposeAsync(4));
            var info = System.Text.Json.JsonDocument.Parse(AlpacaClient.Require(await ActAsync(client, "StackInfo")).Value.GetString()!).RootElement;
            frames.Add(info.GetProperty("stack").GetProperty("frames").GetInt32());
        }

        Assert.All(frames, count => Assert.InRange(count, 2, 4));
        Assert.Equal(3, observatory.Simulator.ControlRequests["iscope_start_stack {\"restart\":true}"]);
        Assert.Equal(3, observatory.Simulator.ControlRequests["iscope_stop_view {\"stage\":\"Stack\"}"]);
        Assert.Equal("ContinuousExposure", observatory.Simulator.Stage);
    }

    [Fact]
    public async Task A_fresh_stack_that_is_aborted_is_ended()
    {
        await using var observatory = await StartLiveAsync(Allowed with { AllowRestart = true });
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        AlpacaClient.Require(await client.PutAsync("readoutmode", ("ReadoutMode", 3)));

        AlpacaClient.Require(await client.StartAsync(600));
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.IsOwnStack);
        AlpacaClient.Require(await client.PutAsync("abortexposure"));

        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope is { IsStacking: false, IsLive: true });
    }

    [Theory]
    [InlineData(203, 0x40B, "moving")]
    [InlineData(204, 0x40B, "out of its limits")]
    [InlineData(207, 0x500, "could not do it")]
    [InlineData(209, 0x401, "no such value")]
    [InlineData(210, 0x40B, "master")]
    [InlineData(259, 0x40B, "stacking already")]
    [InlineData(103, 0x400, "does not know")]
    [InlineData(999, 0x500, "code 999")]
    public void Each_refusal_of_the_telescope_is_an_ASCOM_error_with_a_sentence(int code, int number, string tells)
    {
        var error = SeestarAlpaca.Cameras.TelescopeRefusal.Of(new SeestarAlpaca.Seestar.Control.TelescopeException("set_setting", code, "words"));

        Assert.Equal(number, error.Number);
        Assert.Contains(tells, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sensors_temperature_is_told_where_commands_are_answered_and_is_not_the_processors()
    {
        await using var observatory = await StartLiveAsync(new ServerOptions());
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.SensorTemperature is not null);

        Assert.Equal(28.5, AlpacaClient.Require(await client.GetAsync("ccdtemperature")).Value.GetDouble(), 2);
        Assert.Equal((0x400, 0x400), ((await client.GetAsync("electronsperadu")).Error, (await client.GetAsync("fullwellcapacity")).Error));
    }

    private static async Task<Observatory> StartLiveAsync(ServerOptions options)
    {
        var observatory = await Observatory.StartAsync([Live], options);
        observatory.Simulator.StartView(new SkyTarget("M 94", 12.8481, 41.1203));
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope is { IsLive: true, TargetName: "M 94" });
        return observatory;
    }

    /// <summary>The live view, with the size of stacks known from one that has ended.</summary>
    private static async Task<Observatory> StartAfterStackAsync(ServerOptions options)
    {
        var observatory = await Observatory.StartAsync([Live with { StartStacking = true }], options);
        await observatory.LookAsync();
        observatory.Simulator.StopStack();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope is { IsStacking: false, IsLive: true });
        return observatory;
    }

    private static string[] Sent(Observatory observatory, string method) =>
        [.. observatory.Simulator.ControlRequests.Keys.Where(request => request.StartsWith(method, StringComparison.Ordinal))];

    private static Task<Answer> ActAsync(AlpacaClient client, string action, string parameters = "") =>
        client.PutAsync("action", ("Action", action), ("Parameters", parameters));
}
