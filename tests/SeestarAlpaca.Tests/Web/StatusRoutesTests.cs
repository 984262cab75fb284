using System.Net;
using System.Text.Json;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Web;

/// <summary>What the pages and scripts fetch.</summary>
public sealed class StatusRoutesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_says_what_it_is()
    {
        await using var bench = await WebBench.StartAsync(new ServerOptions { Location = "The garden", InterfaceVersion = 3 });

        var server = await JsonAsync(bench, "web/v1/server");

        Assert.Equal(
            ["demo", "discoveryPort", "interfaceVersion", "location", "manufacturer", "now", "serverName", "version"],
            server.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("The garden", server.GetProperty("location").GetString());
        Assert.Equal(3, server.GetProperty("interfaceVersion").GetInt32());
        Assert.False(server.GetProperty("demo").GetBoolean());
    }

    [Fact]
    public async Task A_telescope_is_told_with_its_state_and_its_cameras()
    {
        await using var bench = await WebBench.StartAsync();
        await Eventually.HoldsAsync(() => bench.Telescope.State.Name == TelescopeStateName.Unreachable);

        var telescope = Assert.Single((await JsonAsync(bench, "web/v1/telescopes")).EnumerateArray());

        Assert.Equal(
            [
                "access", "address", "battery", "cameras", "firmware", "id", "images", "model", "name", "remedy", "rtsp", "sentence", "serial", "simulated",
                "stack", "stackAgeSeconds", "stackIsPresent", "state",
            ],
            telescope.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("unreachable", telescope.GetProperty("state").GetString());
        Assert.Contains("Switch it on", telescope.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1;control=1;image=1;rtsp=1", telescope.GetProperty("address").GetString());
        Assert.Equal(JsonValueKind.Null, telescope.GetProperty("serial").ValueKind);
        Assert.Equal(JsonValueKind.Null, telescope.GetProperty("stack").ValueKind);
        Assert.False(telescope.GetProperty("rtsp").GetProperty("answers").GetBoolean());
        Assert.Equal("rtsp://127.0.0.1:1/stream", telescope.GetProperty("rtsp").GetProperty("url").GetString());

        var camera = telescope.GetProperty("cameras")[0];
        Assert.Equal(
            ["format", "height", "interfaceVersion", "name", "number", "pixelSize", "recipe", "uniqueId", "width"],
            camera.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((0, 2160, 3840, 1.45), (camera.GetProperty("number").GetInt32(), camera.GetProperty("width").GetInt32(), camera.GetProperty("height").GetInt32(), camera.GetProperty("pixelSize").GetDouble()));
    }

    [Fact]
    public async Task Looking_without_watching_wants_no_pictures()
    {
        await using var bench = await WebBench.StartAsync();

        await JsonAsync(bench, "web/v1/telescopes");
        Assert.False(bench.Telescope.Session.Demand.WantsPictures);
        await JsonAsync(bench, "web/v1/telescopes?watch=true");

        Assert.True(bench.Telescope.Session.Demand.Wants(FrameWish.Stacks));
    }

    [Fact]
    public async Task Forgetting_takes_a_telescope_away_and_one_that_is_unknown_is_told_in_a_sentence()
    {
        await using var bench = await WebBench.StartAsync();
        var id = bench.Telescope.Record.Id;

        using var first = await bench.AskAsync(HttpMethod.Delete, $"web/v1/telescopes/{id}");
        using var second = await bench.AskAsync(HttpMethod.Delete, $"web/v1/telescopes/{id}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
        Assert.Equal("There is no such telescope.", await second.Content.ReadAsStringAsync(Token));
        Assert.Empty((await JsonAsync(bench, "web/v1/telescopes")).EnumerateArray());
    }

    [Theory]
    [InlineData("stack.png")]
    [InlineData("stack.fits")]
    public async Task Before_the_first_stack_there_is_none_and_a_sentence_says_why(string file)
    {
        await using var bench = await WebBench.StartAsync();
        await Eventually.HoldsAsync(() => bench.Telescope.State.Name == TelescopeStateName.Unreachable);

        using var response = await bench.GetAsync($"web/v1/telescopes/{bench.Telescope.Record.Id}/{file}");
        using var unknown = await bench.GetAsync($"web/v1/telescopes/{Guid.NewGuid()}/{file}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (response.StatusCode, unknown.StatusCode));
        var sentence = await response.Content.ReadAsStringAsync(Token);
        Assert.StartsWith("No stack has been received yet.", sentence, StringComparison.Ordinal);
        Assert.Contains("Switch it on", sentence, StringComparison.Ordinal);
        Assert.Equal("There is no such telescope.", await unknown.Content.ReadAsStringAsync(Token));
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
    }

    private static async Task<JsonElement> JsonAsync(WebBench bench, string path)
    {
        using var response = await bench.GetAsync(path);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        return json.RootElement.Clone();
    }
}
