using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>The video of the cameras: ports 4554 and 4555 on a telescope. Thread safe.</summary>
internal sealed class VideoServer : IDisposable
{
    /// <summary>The telephoto camera's port on a telescope.</summary>
    public const int TelephotoPort = 4554;

    /// <summary>The wide camera's port on a telescope.</summary>
    public const int WidePort = 4555;

    private readonly SimulatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ClipStore _clips;
    private readonly VideoPort? _telephoto;
    private readonly VideoPort? _wide;
    private int _accepted;
    private volatile bool _isShown;

    /// <summary>Takes the ports that the options ask for.</summary>
    /// <exception cref="IOException">A port cannot be had.</exception>
    public VideoServer(SimulatorOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time) = (options, time);
        var logger = loggers.CreateLogger<VideoServer>();
        _telephoto = Take("video", options.RtspPort, logger);
        try
        {
            _wide = Take("wide video", options.Facts.WideSize is null ? null : options.WideRtspPort, logger);
        }
        catch (IOException)
        {
            _telephoto?.Dispose();
            throw;
        }

        _clips = new ClipStore(options.FfmpegPath, options.VideoDirectory ?? ClipStore.DefaultDirectory, time, loggers.CreateLogger<ClipStore>());
    }

    /// <summary>Where the telephoto camera's video is; null if it is off.</summary>
    public IPEndPoint? TelephotoEndPoint => _telephoto?.EndPoint;

    /// <summary>Where the wide camera's video is; null if it is off or there is no such camera.</summary>
    public IPEndPoint? WideEndPoint => _wide?.EndPoint;

    /// <summary>Whether video is shown, on the ports that are not off.</summary>
    public bool IsShown => _isShown;

    /// <summary>The port that the telescope tells for the telephoto camera: the one asked for, or the telescope's own where any will do.</summary>
    public static int ToldTelephotoPort(SimulatorOptions options) => options.RtspPort is > 0 and var port ? port : TelephotoPort;

    /// <summary>Begins to show video. Quick.</summary>
    /// <param name="mode">The view's mode: scenery, which both cameras show, or solar_sys.</param>
    public void Open(string mode)
    {
        var isScenery = mode == "scenery";
        _telephoto?.Open(Serve(isScenery ? Scene.Telephoto : Scene.SolarSystem));
        if (isScenery)
        {
            _wide?.Open(Serve(Scene.Wide));
        }

        _isShown = true;
    }

    /// <summary>Ends the video; connections are closed, and new ones refused. Quick.</summary>
    public void Close()
    {
        _isShown = false;
        _telephoto?.Close();
        _wide?.Close();
    }

    /// <summary>Serves until cancelled; then gives the ports back, and returns when nothing is served or made.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Close();
        }

        await Task.WhenAll(_telephoto?.WaitAsync() ?? Task.CompletedTask, _wide?.WaitAsync() ?? Task.CompletedTask, _clips.EndAsync());
    }

    /// <summary>Gives the ports back.</summary>
    public void Dispose()
    {
        _telephoto?.Dispose();
        _wide?.Dispose();
        _clips.Dispose();
    }

    private VideoPort? Take(string name, int? port, ILogger logger) => port is { } number ? new VideoPort(name, new IPEndPoint(_options.Address, number), logger) : null;

    private Func<Socket, CancellationToken, Task> Serve(Scene scene) => async (socket, cancellationToken) =>
    {
        var seed = Hash.Mix((ulong)_options.Seed, (ulong)Interlocked.Increment(ref _accepted));
        using var connection = new RtspConnection(socket, token => _clips.GetAsync(scene, token), _time, new Random((int)(seed & int.MaxValue)));
        await connection.ServeAsync(cancellationToken);
    };
}
