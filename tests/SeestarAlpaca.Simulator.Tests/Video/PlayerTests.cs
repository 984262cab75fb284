using System.Diagnostics;
using System.Text.Json;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

/// <summary>The video as programs see it that are not ours: ffprobe and ffmpeg.</summary>
public sealed class PlayerTests
{
    private const int StripLength = 1080 * 80;

    /// <summary>Kept from one run to the next, as a user's clips are.</summary>
    private static readonly string Clips = Path.Combine(Path.GetTempPath(), "seestar-alpaca-tests-video");

    private static readonly string[] StripOnStandardOutput = ["-vf", "crop=1080:80:0:0", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenes => [nameof(Scene.Telephoto), nameof(Scene.Wide), nameof(Scene.SolarSystem)];

    [Fact]
    public async Task Ffprobe_sees_H264_High_of_1080_by_1920_at_30_frames_a_second()
    {
        var ffprobe = Find("ffprobe");
        await using var simulator = await ShowAsync(s => s.StartSolarSystem("moon"));

        var (output, _) = await RunAsync(ffprobe, ["-v", "error", "-rtsp_transport", "tcp", "-show_streams", "-of", "json", Url(simulator)]);

        var stream = Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("streams").EnumerateArray());
        Assert.Equal(
            ("h264", "High", 1080, 1920, "yuv420p", "30/1", "30/1", 0),
            (stream.GetProperty("codec_name").GetString(), stream.GetProperty("profile").GetString(), stream.GetProperty("width").GetInt32(),
                stream.GetProperty("height").GetInt32(), stream.GetProperty("pix_fmt").GetString(), stream.GetProperty("r_frame_rate").GetString(),
                stream.GetProperty("avg_frame_rate").GetString(), stream.GetProperty("has_b_frames").GetInt32()));
    }

    [Fact]
    public async Task Two_players_at_once_see_the_time_go_on_in_every_frame()
    {
        var ffmpeg = Find("ffmpeg");
        await using var simulator = await ShowAsync(s => s.StartScenery());

        var players = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RunAsync(
            ffmpeg, ["-v", "error", "-rtsp_transport", "tcp", "-i", Url(simulator), "-frames:v", "60", "-fps_mode", "passthrough", .. StripOnStandardOutput])));

        foreach (var (output, errors) in players)
        {
            Assert.Equal("", errors);
            var times = Times(output);
            Assert.Equal(60, times.Count);
            Assert.DoesNotContain(-1, times);

            // A machine that is late goes on with a key frame, at a full second.
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True((pair.Second - pair.First + 8000) % 8000 is 33 or 34 || pair.Second % 1000 == 0, $"{pair}"));
        }
    }

    [Fact]
    public async Task The_squares_show_the_time_of_day_and_what_the_packets_say()
    {
        var ffmpeg = Find("ffmpeg");
        await using var simulator = await ShowAsync(s => s.StartScenery());
        using var client = await RtspClient.ConnectAsync(simulator.RtspEndPoint!);
        await client.PlayAsync();
        var arrivals = new List<TimeSpan>();
        for (var picture = 1; picture <= 45; picture++)
        {
            await client.ReadPicturesAsync(picture);
            arrivals.Add(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch);
        }

        byte[] stream = [.. client.Video.Pictures.SelectMany(picture => picture.Units).SelectMany(unit => (byte[])[0, 0, 0, 1, .. unit])];
        var (output, _) = await RunAsync(ffmpeg, ["-v", "error", "-f", "h264", "-i", "pipe:0", "-fps_mode", "passthrough", .. StripOnStandardOutput], stream);

        var times = Times(output);
        Assert.Equal(45, times.Count);
        foreach (var (shown, arrival, packet) in times.Zip(arrivals, client.Video.Pictures.Select(picture => picture.RtpTime)))
        {
            // The packet's time is no later than the arrival, which tells it from those 2³² ticks away.
            var age = (VideoFormat.RtpTime(arrival) - packet) / 90.0;
            Assert.InRange(age, 0, 3000);
            Assert.Equal((arrival.TotalMilliseconds - age) % 8000, shown, 0.6);
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task Every_picture_of_every_scene_shows_its_time_after_coding(string name)
    {
        var ffmpeg = Find("ffmpeg");
        var scene = name switch { nameof(Scene.Telephoto) => Scene.Telephoto, nameof(Scene.Wide) => Scene.Wide, _ => Scene.SolarSystem };
        using var store = new ClipStore(ffmpeg, Clips, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await store.GetAsync(scene, Token);

        var (output, _) = await RunAsync(ffmpeg, ["-v", "error", "-f", "h264", "-i", ClipStore.PathOf(Clips, scene), "-fps_mode", "passthrough", .. StripOnStandardOutput]);

        Assert.Equal(Enumerable.Range(0, 240).Select(VideoFormat.Milliseconds), Times(output));
    }

    private static async Task<SeestarSimulator> ShowAsync(Action<SeestarSimulator> start)
    {
        var simulator = await Start.SimulatorAsync(Start.Small with { Model = SeestarModel.S50, TimeScale = 100, VideoDirectory = Clips });
        start(simulator);
        await simulator.WaitForVideoAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        return simulator;
    }

    private static string Url(SeestarSimulator simulator) => $"rtsp://{simulator.RtspEndPoint}/stream";

    private static List<int> Times(byte[] strips)
    {
        Assert.Equal(0, strips.Length % StripLength);
        return [.. strips.Chunk(StripLength).Select(strip => TimeStrip.TryRead(strip, 1080, out var milliseconds) ? milliseconds : -1)];
    }

    private static string Find(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            TestData.Skip($"There is no {program} in PATH.");
        }

        return path!;
    }

    private static async Task<(byte[] Output, string Errors)> RunAsync(string program, string[] arguments, byte[]? input = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, patience.Token);
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], patience.Token);
            process.StandardInput.Close();
            await reading;
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, await errors);
            return (output.ToArray(), await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
