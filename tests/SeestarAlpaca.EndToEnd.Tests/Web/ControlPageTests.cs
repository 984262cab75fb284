using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Demo;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Web;

/// <summary>The page of a simulated telescope, over HTTP.</summary>
public sealed class ControlPageTests : IAsyncLifetime
{
    private SeestarSimulator _simulator = null!;
    private Microsoft.AspNetCore.Builder.WebApplication _page = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SeestarSimulator.StartAsync(Observatory.FastTelescope, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        _page = await ControlPage.StartAsync(_simulator, 0, Cancellation);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ServerHost.PortOf(_page)}/") };
    }

    [Fact]
    public async Task Faults_and_actions_are_listed_with_their_parameters()
    {
        var faults = await _http.GetFromJsonAsync<JsonElement>("faults", Cancellation);
        var actions = await _http.GetFromJsonAsync<JsonElement>("actions", Cancellation);

        var crc = faults.EnumerateArray().Single(kind => kind.GetProperty("name").GetString() == "wrong-crc");
        Assert.Equal("1", crc.GetProperty("parameters")[0].GetProperty("default").GetString());
        Assert.Contains(actions.EnumerateArray(), kind => kind.GetProperty("name").GetString() == "clouds");
    }

    [Fact]
    public async Task A_fault_and_an_action_that_are_posted_happen()
    {
        using var fault = await _http.PostAsync("faults/wrong-crc?count=3", null, Cancellation);
        using var action = await _http.PostAsync("actions/clouds?cover=0.4", null, Cancellation);
        var state = await _http.GetFromJsonAsync<JsonElement>("state", Cancellation);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (fault.StatusCode, action.StatusCode));
        Assert.Equal(3, state.GetProperty("waiting").GetProperty("wrong-crc=count:3").GetInt32());
        Assert.Equal(0.4, state.GetProperty("clouds").GetDouble());
    }

    [Fact]
    public async Task Faults_that_wait_can_be_forgotten()
    {
        _simulator.Faults.Inject("wrong-crc");

        using var answer = await _http.DeleteAsync("faults", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(_simulator.Faults.Waiting);
    }

    [Theory]
    [InlineData("faults/earthquake", HttpStatusCode.NotFound, "there are reset-mid-frame")]
    [InlineData("faults/clouds", HttpStatusCode.NotFound, "There is no 'clouds' here")]
    [InlineData("faults/wrong-crc?count=0", HttpStatusCode.BadRequest, "count is a whole number from 1")]
    [InlineData("actions/clouds?colour=red", HttpStatusCode.BadRequest, "it has cover, minutes")]
    public async Task What_cannot_be_is_refused_with_what_would_be_right(string address, HttpStatusCode status, string words)
    {
        using var answer = await _http.PostAsync(address, null, Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Other_sites_cannot_post(string origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "faults/reboot");
        request.Headers.Add("Origin", origin);

        using var answer = await _http.SendAsync(request, Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.False(_simulator.Faults.Struck.ContainsKey("reboot"));
    }

    [Fact]
    public async Task A_foreign_host_name_gets_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "state");
        request.Headers.Host = "rebound.example";

        using var answer = await _http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_page_and_its_script_are_there_with_a_policy_against_foreign_ones()
    {
        using var page = await _http.GetAsync("", Cancellation);
        using var script = await _http.GetAsync("assets/simulator.js", Cancellation);

        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("<title>Simulated telescope", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _page.DisposeAsync();
        await _simulator.DisposeAsync();
    }
}
