using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Conformance.Commands;
using SeestarAlpaca.Conformance.Tests.BrokenServers;

namespace SeestarAlpaca.Conformance.Tests.Commands;

/// <summary>Exit codes and sentences of whole commands.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conformance-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("camera", "binning.range")]
    [InlineData("protocol", "binx.put")]
    public async Task A_name_that_no_check_has_is_refused_with_the_list_of_names(string command, string name)
    {
        var (code, error) = await RunAsync(command, Nobody(), "--only", "nope");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--only nope", error, StringComparison.Ordinal);
        Assert.Contains($" {name},", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("camera", "--json")]
    [InlineData("protocol", "--markdown")]
    [InlineData("management", "--json")]
    [InlineData("management", "--known")]
    public async Task A_file_that_cannot_be_written_is_refused_before_anybody_is_asked(string command, string option)
    {
        var file = Path.Combine(_folder.FullName, "no", "file");

        var (code, error) = await RunAsync(command, Nobody(), option, file);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"{option} {file} cannot be written: ", error, StringComparison.Ordinal);
        AssertOneSentence(error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    public async Task A_file_that_is_no_list_of_known_devices_is_refused_before_anybody_is_asked(string text)
    {
        var file = Path.Combine(_folder.FullName, "known");
        await File.WriteAllTextAsync(file, text, Cancellation);

        var (code, error) = await RunAsync("management", Nobody(), "--known", file);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"{file} is no list of devices that an earlier run wrote", error, StringComparison.Ordinal);
        AssertOneSentence(error);
        Assert.Equal(text, await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Trying_whether_a_report_can_be_written_leaves_nothing_behind()
    {
        var file = Path.Combine(_folder.FullName, "report");

        var (code, _) = await RunAsync("camera", Nobody(), "--json", file);

        Assert.Equal(ExitCode.Errors, code);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Reports_and_known_devices_are_written_by_a_run_that_could()
    {
        await using var server = await FakeServer.StartAsync(FakeModel.Plain, Cancellation);
        string[] files = [.. ((string[])["json", "markdown", "known"]).Select(name => Path.Combine(_folder.FullName, name))];

        var (code, error) = await RunAsync("management", server.Address.ToString(), "--json", files[0], "--markdown", files[1], "--known", files[2]);

        Assert.Equal((ExitCode.Clean, ""), (code, error));
        Assert.All(files, file => Assert.NotEqual(0, new FileInfo(file).Length));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_with_its_address_and_what_to_check()
    {
        var address = Nobody();

        var (code, error) = await RunAsync("camera", address);

        Assert.Equal(ExitCode.Errors, code);
        Assert.StartsWith($"GET {address}/management/v1/configureddevices: ", error, StringComparison.Ordinal);
        Assert.Contains("; check that the server runs", error, StringComparison.Ordinal);
        AssertOneSentence(error);
    }

    [Fact]
    public async Task Https_to_a_server_that_speaks_http_is_told_with_its_address_and_what_to_check()
    {
        await using var server = await FakeServer.StartAsync(FakeModel.Plain, Cancellation);

        var (code, error) = await RunAsync("camera", $"https://127.0.0.1:{server.Address.Port}");

        Assert.Equal(ExitCode.Errors, code);
        Assert.StartsWith($"GET https://127.0.0.1:{server.Address.Port}/", error, StringComparison.Ordinal);
        Assert.Contains("Alpaca servers mostly speak http", error, StringComparison.Ordinal);
        AssertOneSentence(error);
    }

    private static void AssertOneSentence(string error)
    {
        Assert.EndsWith($".{Environment.NewLine}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    /// <summary>The address of a port that was free a moment ago.</summary>
    private static string Nobody()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return $"http://{socket.LocalEndPoint}";
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        var program = new RootCommand { new CameraCommand(), new ProtocolCommand(), new ManagementCommand() };
        var configuration = new InvocationConfiguration
        {
            Output = TextWriter.Null,
            Error = new StringWriter(),
            EnableDefaultExceptionHandler = false,
        };
        var code = await program.Parse(arguments).InvokeAsync(configuration, Cancellation);
        return (code, configuration.Error.ToString()!);
    }
}
