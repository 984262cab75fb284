using System.Net;
using SeestarAlpaca.Options;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Web;

public sealed class PageGuardTests
{
    private const string Token = "a-token-of-the-owner";

    private static readonly HttpMethod Get = HttpMethod.Get;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "setup")]
    [InlineData("GET", "setup/v1/camera/0/setup")]
    [InlineData("GET", "setup/v1/camera/99/setup")]
    [InlineData("GET", "assets/page.css")]
    [InlineData("GET", "assets/nothing.css")]
    [InlineData("GET", "web/v1/server")]
    [InlineData("GET", "web/v1/telescopes")]
    [InlineData("GET", "web/v1/telescopes/no-guid/stack.png")]
    [InlineData("GET", "web/v1/telescopes/5b2b1f6c-0000-0000-0000-000000000000/stack.png")]
    [InlineData("GET", "web/v1/telescopes?watch=perhaps")]
    [InlineData("GET", "no/such/page")]
    [InlineData("GET", "API/v1/camera/0/name")]
    [InlineData("POST", "web/v1/server")]
    [InlineData("DELETE", "web/v1/telescopes/5b2b1f6c-0000-0000-0000-000000000000")]
    public async Task Whatever_is_answered_keeps_foreign_scripts_out(string method, string path)
    {
        await using var bench = await WebBench.StartAsync();

        using var response = await bench.AskAsync(new HttpMethod(method), path);

        Assert.StartsWith("default-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task What_cannot_be_understood_is_a_bad_request_and_no_fault_of_the_server()
    {
        await using var bench = await WebBench.StartAsync();

        using var response = await bench.GetAsync("web/v1/telescopes?watch=perhaps");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example.com", 421)]
    [InlineData("evil.example.com:80", 421)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("observatory.local", 200)]
    [InlineData("stars.example.net:8080", 200)]
    public async Task An_unknown_host_name_is_refused_with_the_name_of_the_option(string host, int status)
    {
        await using var bench = await WebBench.StartAsync(new ServerOptions { AllowedHosts = ["stars.example.net"] });

        using var response = await bench.GetAsync("web/v1/server", $"Host: {host}");

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 421)
        {
            Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
            Assert.Contains("AllowedHosts", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Origin: http://evil.example.com", 403)]
    [InlineData("Origin: null", 403)]
    [InlineData("Origin: http://127.0.0.1:1", 403)]
    [InlineData("Sec-Fetch-Site: cross-site", 403)]
    [InlineData("Sec-Fetch-Site: same-site", 403)]
    [InlineData("Sec-Fetch-Site: same-origin", 404)]
    [InlineData("User-Agent: curl/8", 404)]
    public async Task A_write_of_another_site_is_refused(string header, int status)
    {
        await using var bench = await WebBench.StartAsync();

        using var response = await bench.AskAsync(HttpMethod.Delete, $"web/v1/telescopes/{Guid.NewGuid()}", header);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_write_of_the_servers_own_page_is_taken()
    {
        await using var bench = await WebBench.StartAsync();
        var origin = bench.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        using var response = await bench.AskAsync(HttpMethod.Delete, $"web/v1/telescopes/{bench.Telescope.Record.Id}", $"Origin: {origin}", "Sec-Fetch-Site: same-origin");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Authorization: Bearer wrong", 401)]
    [InlineData("Authorization: Basic " + Token, 401)]
    [InlineData("Authorization: Bearer " + Token, 404)]
    [InlineData("Authorization: bearer " + Token, 404)]
    [InlineData("Cookie: seestaralpaca-access=" + Token, 404)]
    [InlineData("Cookie: seestaralpaca-access=wrong", 401)]
    [InlineData("Cookie: access=" + Token, 401)]
    public async Task Where_there_is_an_access_token_writes_need_it(string? header, int status)
    {
        await using var bench = await WebBench.StartAsync(new ServerOptions { AccessToken = Token });

        using var response = await bench.AskAsync(HttpMethod.Delete, $"web/v1/telescopes/{Guid.NewGuid()}", header is null ? [] : [header]);
        using var read = await bench.AskAsync(Get, "web/v1/server");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_browser_keeps_the_access_token_in_a_cookie_that_no_script_and_no_other_site_gets()
    {
        await using var bench = await WebBench.StartAsync(new ServerOptions { AccessToken = Token });

        using var refused = await bench.AskAsync(HttpMethod.Post, "web/v1/access", "Authorization: Bearer wrong");
        using var response = await bench.AskAsync(HttpMethod.Post, "web/v1/access", $"Authorization: Bearer {Token}");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NoContent), (refused.StatusCode, response.StatusCode));
        Assert.False(refused.Headers.Contains("Set-Cookie"));
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var write = await bench.AskAsync(HttpMethod.Delete, $"web/v1/telescopes/{Guid.NewGuid()}", $"Cookie: {cookie.Split(';')[0]}");
        Assert.Equal(HttpStatusCode.NotFound, write.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "api/v1/camera/0/disconnect")]
    [InlineData("GET", "api/v1/camera/0/connected")]
    [InlineData("GET", "management/apiversions")]
    public async Task The_Alpaca_API_is_open_by_design(string method, string path)
    {
        await using var bench = await WebBench.StartAsync(new ServerOptions { AccessToken = Token });

        using var response = await bench.AskAsync(new HttpMethod(method), path, "Host: any.example.com", "Origin: http://elsewhere.example.com");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Content-Security-Policy"));
    }
}
