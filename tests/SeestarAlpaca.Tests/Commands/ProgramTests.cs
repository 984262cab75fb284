using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Commands;

/// <summary>The program as its users meet it.</summary>
public sealed class ProgramTests
{
    private static readonly string[] Quiet = ["serve", "--loopback-only", "--port", "0", "--discovery-port", "0"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Help_lists_the_commands()
    {
        var (code, output, _) = await ServerProcess.RunAsync(["--help"]);

        Assert.Equal(0, code);
        Assert.All(["serve", "discover", "simulate", "--demo"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--port is", "--port", "http")]
    [InlineData("Port is a whole number from 0 to 65535", "serve", "--port", "99999")]
    [InlineData("--no-such-option", "serve", "--no-such-option")]
    [InlineData("InterfaceVersion is a whole number from 3 to 4", "serve", "--interface-version", "5")]
    [InlineData("Mosaic is one of Auto, Lossless2X, SameSize", "serve", "--mosaic", "drizzle")]
    [InlineData("no port of a telescope", "serve", "--telescope", "seestar.local;colour=4700")]
    [InlineData("Telescopes:", "serve", "--telescope", "!!")]
    [InlineData("--seed is for the simulated telescope", "serve", "--seed", "3")]
    [InlineData("--model is one of", "serve", "--demo", "--model", "S70")]
    [InlineData("--seconds is a number from 1 to 60", "discover", "--seconds", "0")]
    [InlineData("--address is an IP address", "simulate", "--address", "here")]
    [InlineData("cannot be started", "simulate", "--control-port", "-4")]
    [InlineData("a folder of FITS exposures or a recording", "simulate", "--replay", "/etc/hosts")]
    [InlineData("There is no folder /no/such/night to replay", "simulate", "--replay", "/no/such/night")]
    public async Task An_option_that_cannot_be_used_ends_the_program_with_code_2_and_a_sentence(string sentence, params string[] arguments)
    {
        var (code, _, errors) = await ServerProcess.RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(sentence == "--port is" ? "http" : sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_wins_over_the_environment()
    {
        var environment = new Dictionary<string, string> { ["SEESTARALPACA_PORT"] = "wrong", ["SEESTARALPACA_INTERFACEVERSION"] = "9" };

        var (code, _, errors) = await ServerProcess.RunAsync(Quiet, environment);

        Assert.Equal(2, code);
        Assert.Contains("InterfaceVersion is a whole number from 3 to 4, not 9.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_says_that_it_is_simulated_serves_its_cameras_and_ends_cleanly_when_asked_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        using var temporary = new TemporaryFolder();
        await using var process = ServerProcess.Start([.. Quiet, "--demo", "--subs", "1"], new Dictionary<string, string> { ["TMPDIR"] = temporary.Path });

        await process.LineAsync("SIMULATED");
        var line = await process.LineAsync("http://localhost:");
        var address = line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)).Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var description = JsonDocument.Parse(await http.GetStringAsync("management/v1/description", Token));
        using var devices = JsonDocument.Parse(await http.GetStringAsync("management/v1/configureddevices", Token));
        process.Terminate();
        var (code, _, errors) = await process.EndAsync();

        Assert.Contains("simulated", description.RootElement.GetProperty("Value").GetProperty("ServerName").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, devices.RootElement.GetProperty("Value").GetArrayLength());
        Assert.Equal((0, string.Empty), (code, errors));
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path, "SeestarAlpaca-*"));
    }

    [Fact]
    public async Task A_simulated_telescope_says_how_to_use_it_and_ends_cleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        await using var process = ServerProcess.Start(["simulate", "--control-port", "0", "--image-port", "0", "--wide-port", "0"]);

        var line = await process.LineAsync("--telescope");
        process.Terminate();
        var (code, _, errors) = await process.EndAsync();

        Assert.Contains("127.0.0.1;control=", line, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (code, errors));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_a_remedy()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        var (code, _, errors) = await ServerProcess.RunAsync(["serve", "--demo", "--loopback-only", "--discovery-port", "0", "--port", $"{port}"]);

        Assert.Equal(2, code);
        Assert.Contains($"Port {port} is taken; choose another with --port.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_on_IPv6_alone_is_told_as_well()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6.");
        using var taken = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = false };
        taken.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        var (code, _, errors) = await ServerProcess.RunAsync(["serve", "--demo", "--loopback-only", "--discovery-port", "0", "--port", $"{port}"]);

        Assert.Equal(2, code);
        Assert.Contains($"Port {port} is taken", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_identity_file_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("telescopes.json"), "{", Token);

        var (code, _, errors) = await ServerProcess.RunAsync([.. Quiet, "--data", folder.Path]);

        Assert.Equal(1, code);
        Assert.Contains("telescopes.json is damaged", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_is_not_there_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["SEESTARALPACA_KEYFILE"] = folder.File("no.pem") };

        var (code, _, errors) = await ServerProcess.RunAsync([.. Quiet, "--data", folder.Path], environment);

        Assert.Equal(2, code);
        Assert.Contains("KeyFile", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_in_the_same_folder_is_told_so()
    {
        using var folder = new TemporaryFolder();
        using var first = SeestarAlpaca.Options.DataDirectory.Open(new SeestarAlpaca.Options.ServerOptions { Data = folder.Path });

        var (code, _, errors) = await ServerProcess.RunAsync([.. Quiet, "--data", folder.Path]);

        Assert.Equal(2, code);
        Assert.Contains("Another server", errors, StringComparison.Ordinal);
    }
}
