using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class ClipStoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("seestar-clips-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Kept => ClipStore.PathOf(_directory.FullName, Scene.Telephoto);

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_kept_clip_needs_no_encoder()
    {
        await File.WriteAllBytesAsync(Kept, TestClip.Stream(VideoFormat.Frames), Token);
        using var store = Store("/nowhere/ffmpeg");

        var clip = await store.GetAsync(Scene.Telephoto, Token);

        Assert.Equal(240, clip.Pictures.Count);
        Assert.Same(clip, await store.GetAsync(Scene.Telephoto, Token));
    }

    [Fact]
    public async Task A_damaged_clip_is_not_used_and_another_attempt_may_succeed()
    {
        await File.WriteAllBytesAsync(Kept, TestClip.Stream(VideoFormat.Frames)[..^1000], Token);
        using var store = Store("/nowhere/ffmpeg");

        var fault = await Assert.ThrowsAsync<VideoUnavailableException>(() => store.GetAsync(Scene.Telephoto, Token));
        await File.WriteAllBytesAsync(Kept, TestClip.Stream(VideoFormat.Frames), Token);

        Assert.Equal("The video is made with ffmpeg, and there is none at /nowhere/ffmpeg.", fault.Message);
        Assert.NotNull(await store.GetAsync(Scene.Telephoto, Token));
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_told_in_a_sentence()
    {
        var text = Path.Combine(_directory.FullName, "ffmpeg");
        await File.WriteAllTextAsync(text, "no program", Token);
        using var store = Store(text);

        var fault = await Assert.ThrowsAsync<VideoUnavailableException>(() => store.GetAsync(Scene.Telephoto, Token));

        Assert.StartsWith($"ffmpeg ({text}) cannot be started: ", fault.Message);
    }

    [Fact]
    public async Task A_program_that_fails_is_told_in_a_sentence()
    {
        using var store = Store(Program("/bin/false"));

        var fault = await Assert.ThrowsAsync<VideoUnavailableException>(() => store.GetAsync(Scene.Telephoto, Token));

        Assert.StartsWith("ffmpeg (/bin/false) failed:", fault.Message);
    }

    [Fact]
    public async Task A_program_that_makes_something_else_is_told_in_a_sentence()
    {
        using var store = Store(Program("/bin/echo"));

        var fault = await Assert.ThrowsAsync<VideoUnavailableException>(() => store.GetAsync(Scene.Telephoto, Token));

        Assert.Equal("What ffmpeg made cannot be used: An H.264 byte stream begins with a start code, 0 0 1.", fault.Message);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task The_end_of_the_store_ends_a_program_that_never_does()
    {
        using var store = Store(Program("/usr/bin/yes"));
        var making = store.GetAsync(Scene.Telephoto, Token);

        await store.EndAsync().WaitAsync(TimeSpan.FromMinutes(2), Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
        Assert.Throws<ObjectDisposedException>(() => { _ = store.GetAsync(Scene.Telephoto, Token); });
    }

    [Fact]
    public async Task A_program_that_never_ends_is_given_up_after_three_minutes()
    {
        var clock = new ManualTimeProvider();
        using var store = new ClipStore(Program("/usr/bin/yes"), _directory.FullName, clock, NullLogger.Instance);
        var making = store.GetAsync(Scene.Telephoto, Token);

        await clock.AdvanceToNextTimerAsync(TimeSpan.FromMinutes(3), Token).WaitAsync(TimeSpan.FromMinutes(2), Token);

        var fault = await Assert.ThrowsAsync<VideoUnavailableException>(() => making.WaitAsync(TimeSpan.FromMinutes(2), Token));
        Assert.Equal("ffmpeg (/usr/bin/yes) was not done after 3 minutes.", fault.Message);
    }

    private static string Program(string path)
    {
        if (!File.Exists(path))
        {
            TestData.Skip($"There is no {path}.");
        }

        return path;
    }

    private ClipStore Store(string program) => new(program, _directory.FullName, TimeProvider.System, NullLogger.Instance);
}
