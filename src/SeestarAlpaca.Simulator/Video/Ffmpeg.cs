using System.Diagnostics;
using System.Text;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>There is no video; the message is a sentence that says why, and what would help.</summary>
internal sealed class VideoUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>ffmpeg as the maker of a clip: raw pictures in, H.264 out. A child process with fixed arguments and without a shell.</summary>
internal static class Ffmpeg
{
    private const int MaxComplaint = 400;

    /// <summary>High profile; a key frame each second and nowhere else; no picture is shown in another order than it is sent.</summary>
    public static readonly IReadOnlyList<string> Arguments =
    [
        "-hide_banner", "-nostdin", "-loglevel", "error",
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", $"{VideoFormat.Width}x{VideoFormat.Height}", "-framerate", $"{VideoFormat.FramesPerSecond}",
        "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-i", "pipe:0",
        "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-level:v", "4.0", "-crf", "23",
        "-g", $"{VideoFormat.KeyFrameInterval}", "-keyint_min", $"{VideoFormat.KeyFrameInterval}", "-sc_threshold", "0", "-bf", "0", "-flags", "+cgop",
        "-f", "h264", "pipe:1",
    ];

    /// <summary>Finds the program.</summary>
    /// <param name="path">Where it is; null looks in the directories of PATH.</param>
    /// <exception cref="VideoUnavailableException">It is not there.</exception>
    public static string Find(string? path)
    {
        if (path is not null)
        {
            return File.Exists(path) ? Path.GetFullPath(path) : throw new VideoUnavailableException($"The video is made with ffmpeg, and there is none at {path}.");
        }

        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists)
            ?? throw new VideoUnavailableException("The video is made with ffmpeg, and there is none in the directories of PATH. Install it, or name its path.");
    }

    /// <summary>Encodes pictures.</summary>
    /// <param name="program">The program's full path.</param>
    /// <param name="pictures">Whole pictures in yuv420p; each may be overwritten when the next is asked for.</param>
    /// <param name="cancellationToken">Ends the child process.</param>
    /// <returns>An H.264 byte stream, of which no more than <see cref="VideoClip.MaxLength"/> bytes are kept.</returns>
    /// <exception cref="VideoUnavailableException">The program cannot be started or fails.</exception>
    public static async Task<byte[]> EncodeAsync(string program, IEnumerable<ReadOnlyMemory<byte>> pictures, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(program);
        try
        {
            using var registration = cancellationToken.Register(() => End(process));
            var errors = ReadAsync(process.StandardError.BaseStream, MaxComplaint, cancellationToken);
            var output = ReadAsync(process.StandardOutput.BaseStream, VideoClip.MaxLength, cancellationToken);
            await WriteAsync(process.StandardInput.BaseStream, pictures, cancellationToken);
            var stream = await output;
            var complaint = await errors;
            await process.WaitForExitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return process.ExitCode == 0
                ? stream
                : throw new VideoUnavailableException($"ffmpeg ({program}) failed: {Encoding.UTF8.GetString(complaint).Trim().ReplaceLineEndings(" ")}");
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>What waits for the program's output waits no more when the program has ended.</summary>
    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string program)
    {
        var start = new ProcessStartInfo(program, Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new VideoUnavailableException($"ffmpeg ({program}) cannot be started: {fault.Message}", fault);
        }
    }

    private static async Task WriteAsync(Stream input, IEnumerable<ReadOnlyMemory<byte>> pictures, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var picture in pictures)
            {
                await input.WriteAsync(picture, cancellationToken);
            }

            await input.DisposeAsync();
        }
        catch (IOException)
        {
            // It gave up; its exit code and its complaint say why.
        }
    }

    /// <summary>Reads to the end, since the program would wait otherwise, and keeps the beginning.</summary>
    private static async Task<byte[]> ReadAsync(Stream output, int kept, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (await output.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            bytes.Write(piece.AsSpan(0, (int)Math.Min(read, kept - bytes.Length)));
        }

        return bytes.ToArray();
    }
}
