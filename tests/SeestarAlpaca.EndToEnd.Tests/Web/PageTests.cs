using System.Diagnostics;
using SeestarAlpaca.EndToEnd.Tests.Support;

namespace SeestarAlpaca.EndToEnd.Tests.Web;

/// <summary>The pages as a browser shows them.</summary>
public sealed class PageTests
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    [Fact]
    public async Task The_first_page_shows_the_telescope_its_state_its_cameras_and_its_stack()
    {
        await using var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Subs = 2 }]);
        await observatory.LookAsync(2);

        var page = await ShowAsync(observatory.Address);

        Assert.Contains(observatory.Telescope.Name, page, StringComparison.Ordinal);
        Assert.Contains("The telescope stacks M 51: 2 exposures are in it.", page, StringComparison.Ordinal);
        Assert.Contains("Live stack RGB", page, StringComparison.Ordinal);
        Assert.Contains($"{observatory.Telescope.Record.Id}/stack.png", page, StringComparison.Ordinal);
        Assert.Contains($"rtsp://127.0.0.1:{observatory.Simulator.RtspEndPoint!.Port}/stream", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("setup", "Known telescopes")]
    [InlineData("setup/v1/camera/1/setup", "RGB, rank 3")]
    public async Task A_setup_page_names_the_server_and_the_cameras(string address, string expected)
    {
        await using var observatory = await Observatory.StartAsync();

        var page = await ShowAsync(new Uri(observatory.Address, address));

        Assert.Contains("SeestarAlpaca 0.1.0", page, StringComparison.Ordinal);
        Assert.Contains(expected, page, StringComparison.Ordinal);
        Assert.Contains("Live stack RGB", page, StringComparison.Ordinal);
    }

    /// <summary>The page's content after its scripts have run for a while.</summary>
    private static async Task<string> ShowAsync(Uri address)
    {
        var browser = Array.Find(Browsers, File.Exists);
        if (browser is null)
        {
            TestData.Skip("There is no Chromium.");
        }

        var profile = Directory.CreateTempSubdirectory("seestaralpaca-browser-");
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--virtual-time-budget=10000", $"--user-data-dir={profile.FullName}", "--dump-dom", address.ToString(),
        ];
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(browser!, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var page = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var shown = await page;
        profile.Delete(recursive: true);
        return shown;
    }
}
