using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>
/// Has the clips of the scenes made at first use, and keeps them: in memory, and in a directory for the next time. Thread safe.
/// </summary>
/// <param name="ffmpegPath">Where ffmpeg is; null looks in PATH.</param>
/// <param name="directory">Where to keep clips.</param>
/// <param name="time">Bounds the making.</param>
/// <param name="logger">Where to log.</param>
internal sealed partial class ClipStore(string? ffmpegPath, string directory, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Scene, Task<VideoClip>> _clips = [];
    private string? _told;
    private bool _ended;

    /// <summary>Where clips are kept unless somebody says otherwise: with the user's data of applications, else in the directory of temporary files.</summary>
    public static string DefaultDirectory
    {
        get
        {
            var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(user.Length > 0 ? user : Path.GetTempPath(), "SeestarAlpaca", "simulator-video");
        }
    }

    /// <summary>The file in which a scene's clip is kept.</summary>
    public static string PathOf(string directory, Scene scene) => Path.Combine(directory, $"{scene.Name}-{Version(scene)}.h264");

    /// <summary>The clip of a scene. Making one goes on when the caller no longer waits.</summary>
    /// <exception cref="VideoUnavailableException">It cannot be made; this has been logged. The next call tries again.</exception>
    /// <exception cref="ObjectDisposedException">It has ended.</exception>
    public Task<VideoClip> GetAsync(Scene scene, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            if (!_clips.TryGetValue(scene, out var clip) || clip.IsFaulted)
            {
                _clips[scene] = clip = Task.Run(() => GetOrMakeAsync(scene, _stop.Token), _stop.Token);
            }

            return clip.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends what is being made, and completes when it has ended, well or badly.</summary>
    public async Task EndAsync()
    {
        Task[] clips;
        lock (_gate)
        {
            _ended = true;
            clips = [.. _clips.Values];
        }

        await _stop.CancelAsync();
        await Task.WhenAll(clips).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task<VideoClip> GetOrMakeAsync(Scene scene, CancellationToken cancellationToken)
    {
        try
        {
            var path = PathOf(directory, scene);
            if (await ReadAsync(path, cancellationToken) is { } kept)
            {
                return kept;
            }

            var stream = await EncodeAsync(scene, cancellationToken);
            var clip = Parse(stream);
            await KeepAsync(path, stream, cancellationToken);
            return clip;
        }
        catch (VideoUnavailableException fault)
        {
            // Clients ask again and again; the same reason is told once.
            if (Interlocked.Exchange(ref _told, fault.Message) != fault.Message)
            {
                Log.Unavailable(logger, fault.Message);
            }

            throw;
        }
    }

    private async Task<byte[]> EncodeAsync(Scene scene, CancellationToken cancellationToken)
    {
        var program = Ffmpeg.Find(ffmpegPath);
        Log.Making(logger, scene.Name, program);
        using var limit = new CancellationTokenSource(MostTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await Ffmpeg.EncodeAsync(program, Draw(scene), either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new VideoUnavailableException($"ffmpeg ({program}) was not done after {MostTime.TotalMinutes} minutes.");
        }
    }

    private static VideoClip Parse(byte[] stream)
    {
        try
        {
            return VideoClip.Parse(stream);
        }
        catch (InvalidDataException fault)
        {
            throw new VideoUnavailableException($"What ffmpeg made cannot be used: {fault.Message}", fault);
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Draw(Scene scene)
    {
        var canvas = new Canvas();
        for (var picture = 0; picture < VideoFormat.Frames; picture++)
        {
            scene.Draw(canvas, picture);
            yield return canvas.Bytes;
        }
    }

    /// <summary>Differs whenever the drawing or the encoding has changed: a digest of some pictures and of the encoder's arguments.</summary>
    private static string Version(Scene scene)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', Ffmpeg.Arguments)));
        var canvas = new Canvas();
        foreach (var picture in new[] { 0, 77, 154 })
        {
            scene.Draw(canvas, picture);
            digest.AppendData(canvas.Bytes.Span);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>The clip in a file; null if there is none or it cannot be used.</summary>
    private async Task<VideoClip?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= VideoClip.MaxLength } ? VideoClip.Parse(await File.ReadAllBytesAsync(path, cancellationToken)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.NotRead(logger, path, fault.Message);
            return null;
        }
    }

    /// <summary>Writes a file of its own name first, so that no other simulator reads half a clip.</summary>
    private async Task KeepAsync(string path, byte[] stream, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var part = Path.Combine(directory, Path.GetRandomFileName());
            await File.WriteAllBytesAsync(part, stream, cancellationToken);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, path, fault.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The simulated telescope makes its video ({Scene}) with {Program}; it is kept for the next time.", EventName = nameof(Making))]
        public static partial void Making(ILogger logger, string scene, string program);

        [LoggerMessage(2, LogLevel.Warning, "The simulated telescope has no video. {Reason}", EventName = nameof(Unavailable))]
        public static partial void Unavailable(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Warning, "The video in {Path} cannot be used, and is made anew: {Reason}", EventName = nameof(NotRead))]
        public static partial void NotRead(ILogger logger, string path, string reason);

        [LoggerMessage(4, LogLevel.Warning, "The video cannot be kept in {Path}, and will be made anew the next time: {Reason}", EventName = nameof(NotKept))]
        public static partial void NotKept(ILogger logger, string path, string reason);
    }
}
