using System.Net.Sockets;
using System.Text.RegularExpressions;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Commands;

/// <summary>Recording and replay as users start them.</summary>
public sealed partial class RecordingTests : IDisposable
{
    private static readonly string[] Simulate = ["simulate", "--control-port", "0", "--image-port", "0", "--wide-port", "0"];
    private static readonly string[] Video = ["--rtsp-port", "0", "--wide-rtsp-port", "0"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_ended_leaves_a_whole_file_that_can_be_played_and_recorded_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");

        var first = await RunAsync([.. Simulate, .. Video, "--record", _folder.File("night.ssrec")]);
        var second = await RunAsync([.. Simulate, "--replay", _folder.File("night.ssrec"), "--record", _folder.File("again.ssrec")]);

        Assert.Equal((0, string.Empty), (first.Code, first.Errors));
        Assert.Equal((0, string.Empty), (second.Code, second.Errors));
        Assert.Equal(RecordKind.End, Kinds("night.ssrec")[^1]);
        Assert.Equal(RecordKind.End, Kinds("again.ssrec")[^1]);
        Assert.Contains(RecordKind.TelescopeLine, Kinds("again.ssrec"));
    }

    [Fact]
    public async Task Where_nothing_can_be_recorded_a_sentence_says_so_and_the_program_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");

        var (code, errors) = await RunAsync([.. Simulate, .. Video, "--record", _folder.File("no/such/folder/night.ssrec")], "Nothing is recorded, since");

        Assert.Equal((0, string.Empty), (code, errors));
    }

    [Theory]
    [InlineData("--seed is for a simulated sky", "simulate", "--seed", "3")]
    [InlineData("--discovery-port is for a simulated sky", "simulate", "--discovery-port", "4720")]
    [InlineData("time-scale is from 0.1 to 1000", "simulate", "--time-scale", "0")]
    [InlineData("The demo plays no recordings", "serve", "--demo")]
    public async Task What_a_recording_has_no_use_for_is_told(string sentence, string command, params string[] arguments)
    {
        await using (TrafficRecorder.Start(_folder.File("night.ssrec"), "test", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance))
        {
        }

        var (code, _, errors) = await ServerProcess.RunAsync([command, .. arguments, "--replay", _folder.File("night.ssrec")]);

        Assert.Equal(2, code);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a telescope until a client has been greeted by it, then asks it to end.</summary>
    private static async Task<(int Code, string Errors)> RunAsync(string[] arguments, string said = "")
    {
        await using var process = ServerProcess.Start(arguments);
        var output = string.Empty;
        while (!ControlPort().IsMatch(output) || !output.Contains(said, StringComparison.Ordinal))
        {
            output += await process.LineAsync(string.Empty);
        }

        var port = int.Parse(ControlPort().Match(output).Groups["port"].Value);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", port, Token);
            using var reader = new StreamReader(client.GetStream());
            Assert.Contains("Version", await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token), StringComparison.Ordinal);
        }

        process.Terminate();
        var (code, _, errors) = await process.EndAsync();
        return (code, errors);
    }

    private List<RecordKind> Kinds(string name)
    {
        using var file = RecordingFile.Open(_folder.File(name));
        var kinds = new List<RecordKind>();
        for (var at = RecordingFile.First; file.Next(at) is { } place; at = place.End)
        {
            kinds.Add(place.Head.Kind);
        }

        return kinds;
    }

    [GeneratedRegex("control=(?<port>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ControlPort();
}
