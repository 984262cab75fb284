using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Web;

/// <summary>What the setup page of a camera shows and changes.</summary>
public sealed class CameraSetupRoutesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_format_that_is_ticked_becomes_a_camera_at_once_and_leaves_when_it_is_not()
    {
        await using var bench = await WebBench.StartAsync();

        using var ticked = await ChooseAsync(bench, """{"formats":["latestSub"],"planeOrder":"bgr","subPhase":"native"}""");
        var with = await DevicesAsync(bench);
        using var unticked = await ChooseAsync(bench, """{"formats":[]}""");
        var without = await DevicesAsync(bench);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (ticked.StatusCode, unticked.StatusCode));
        Assert.Equal(["Live stack", "Live stack RGB", "Latest sub"], with.Select(name => name.Split(" - ")[1]));
        Assert.Equal(2, without.Length);
    }

    [Fact]
    public async Task The_choices_are_shown_as_they_are()
    {
        await using var bench = await WebBench.StartAsync(new ServerOptions { Formats = [CameraFormat.Luminance] });
        using var _ = await ChooseAsync(bench, """{"formats":["latestSub"],"planeOrder":"bgr","subPhase":"native"}""");

        var shown = await bench.Http.GetFromJsonAsync<JsonElement>(Path(bench), Token);

        Assert.Equal(("bgr", "native"), (shown.GetProperty("planeOrder").GetString(), shown.GetProperty("subPhase").GetString()));
        Assert.Equal(
            [("luminance", false, true, true), ("latestSub", true, false, true), ("wide", false, false, false)],
            shown.GetProperty("formats").EnumerateArray().Select(format => (
                format.GetProperty("format").GetString()!, format.GetProperty("chosen").GetBoolean(), format.GetProperty("configured").GetBoolean(), format.GetProperty("possible").GetBoolean())));
        Assert.Contains("AllowControl", shown.GetProperty("control").GetProperty("obstacle").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"formats":["liveStack"]}""")]
    [InlineData("""{"formats":["dance"]}""")]
    [InlineData("""{"formats":[2]}""")]
    [InlineData("""{"formats":null}""")]
    [InlineData("""{"formats":[],"planeOrder":"grb"}""")]
    [InlineData("""{"formats":[],"colour":"blue"}""")]
    public async Task Choices_that_there_are_not_are_refused(string choices)
    {
        await using var bench = await WebBench.StartAsync();

        using var refused = await ChooseAsync(bench, choices);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(2, (await DevicesAsync(bench)).Length);
    }

    [Theory]
    [InlineData("gain?value=100")]
    [InlineData("exposure?value=20")]
    [InlineData("filter?value=LP")]
    [InlineData("heater?value=50")]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task Without_control_every_button_is_refused_with_what_is_missing(string button)
    {
        await using var bench = await WebBench.StartAsync();

        using var refused = await bench.AskAsync(HttpMethod.Post, $"web/v1/telescopes/{bench.Telescope.Record.Id}/control/{button}");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("AllowControl", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_other_sites_are_refused()
    {
        await using var bench = await WebBench.StartAsync();

        using var refused = await bench.AskAsync(HttpMethod.Post, $"web/v1/telescopes/{bench.Telescope.Record.Id}/control/start", "Origin: http://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static string Path(WebBench bench) => $"web/v1/telescopes/{bench.Telescope.Record.Id}/cameras";

    private static Task<HttpResponseMessage> ChooseAsync(WebBench bench, string choices) =>
        bench.Http.PutAsync(Path(bench), new StringContent(choices, System.Text.Encoding.UTF8, "application/json"), Token);

    private static async Task<string[]> DevicesAsync(WebBench bench)
    {
        var answer = await bench.Http.GetFromJsonAsync<JsonElement>("management/v1/configureddevices", Token);
        return [.. answer.GetProperty("Value").EnumerateArray().Select(device => device.GetProperty("DeviceName").GetString()!)];
    }
}
