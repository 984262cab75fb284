using System.Net;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Web;

public sealed class PageRoutesTests
{
    private const string Folder = "SeestarAlpaca.wwwroot.";

    public static TheoryData<string> Assets => [.. typeof(ServerHost).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..])];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Assets))]
    public async Task Every_file_of_the_pages_is_served_with_its_media_type(string file)
    {
        await using var bench = await WebBench.StartAsync();

        using var response = await bench.GetAsync($"assets/{file}");

        var expected = Path.GetExtension(file) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => other,
        };
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType?.ToString());
        Assert.Equal(response.Content.Headers.ContentLength, (await response.Content.ReadAsByteArrayAsync(Token)).Length);
    }

    [Theory]
    [InlineData("", "html", 200)]
    [InlineData("setup", "html", 200)]
    [InlineData("setup/", "html", 200)]
    [InlineData("setup/v1/camera/0/setup", "html", 200)]
    [InlineData("setup/v1/camera/1/setup", "html", 200)]
    [InlineData("setup/v1/camera/2/setup", "html", 403)]
    [InlineData("setup/v1/camera/-1/setup", "html", 403)]
    [InlineData("setup/v1/camera/%200/setup", "html", 403)]
    [InlineData("setup/v1/camera/+0/setup", "html", 403)]
    [InlineData("setup/v1/camera/4294967296/setup", "html", 403)]
    [InlineData("setup/v1/telescope/0/setup", "html", 403)]
    [InlineData("setup/v2/camera/0/setup", "html", 403)]
    [InlineData("setup/anything", "html", 403)]
    [InlineData("assets/no.such.file", "plain", 404)]
    public async Task A_setup_address_is_a_page_and_an_unknown_one_is_refused_as_a_page(string path, string kind, int status)
    {
        await using var bench = await WebBench.StartAsync();

        using var response = await bench.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"text/{kind}; charset=utf-8", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("assets/..%2fappsettings.json")]
    [InlineData("assets/%2e%2e%2fappsettings.json")]
    [InlineData("assets/..%5cappsettings.json")]
    [InlineData("assets/%2fetc%2fpasswd")]
    [InlineData("assets/../appsettings.json")]
    [InlineData("assets/appsettings.json")]
    [InlineData("assets/page.css%00")]
    [InlineData("assets/..%2fwwwroot%2fpage.css")]
    public async Task No_way_leads_out_of_the_pages(string path)
    {
        await using var bench = await WebBench.StartAsync();

        using var response = await bench.GetAsync(path);

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{response.StatusCode}");
    }

    [Fact]
    public async Task The_pages_name_only_files_that_there_are()
    {
        await using var bench = await WebBench.StartAsync();

        foreach (var page in new[] { string.Empty, "setup", "setup/v1/camera/0/setup", "setup/nothing" })
        {
            using var response = await bench.GetAsync(page);
            var html = await response.Content.ReadAsStringAsync(Token);
            var named = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"(?<file>/assets/[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            foreach (var file in named.Select(match => match.Groups["file"].Value))
            {
                using var asset = await bench.GetAsync(file);
                Assert.True(asset.IsSuccessStatusCode, $"{page} names {file}.");
            }
        }
    }
}
