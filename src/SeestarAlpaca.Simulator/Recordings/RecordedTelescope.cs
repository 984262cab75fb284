using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>
/// A recording played as the telescope that it is of: the same events and pictures at the same times, for however many clients connect. Its time begins
/// with the first connection. Requests are answered as the telescope had answered the same ones.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class RecordedTelescope : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RecordedTelescopeOptions _options;
    private readonly TimeProvider _time;
    private readonly RecordingFile _file;
    private readonly RecordedPlayback _playback;
    private readonly List<(RecordedPort Port, TcpService Service)> _services = [];
    private Task _running = Task.CompletedTask;

    private RecordedTelescope(RecordedTelescopeOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time) = (options, time);
        _file = RecordingFile.Open(options.File);
        var logger = loggers.CreateLogger<RecordedTelescope>();
        _playback = new RecordedPlayback(_file, options.TimeScale, time, logger);
        try
        {
            Listen(RecordedPort.Control, options.ControlPort, logger);
            Listen(RecordedPort.Image, options.ImagePort, logger);
            if (_playback.Index.Ports.Contains(RecordedPort.Wide))
            {
                Listen(RecordedPort.Wide, options.WidePort, logger);
            }
        }
        catch (IOException)
        {
            Close();
            throw;
        }
    }

    /// <summary>Where control (4700 on a telescope) listens.</summary>
    public IPEndPoint ControlEndPoint => EndPointOf(RecordedPort.Control)!;

    /// <summary>Where telephoto pictures (4800) are.</summary>
    public IPEndPoint ImageEndPoint => EndPointOf(RecordedPort.Image)!;

    /// <summary>Where wide pictures (4804) are; null where the recording has none.</summary>
    public IPEndPoint? WideEndPoint => EndPointOf(RecordedPort.Wide);

    /// <summary>The address with its ports as the server's option <c>--telescope</c> takes it.</summary>
    public string TelescopeAddressText =>
        $"{_options.Address};control={ControlEndPoint.Port};image={ImageEndPoint.Port}{(WideEndPoint is { } wide ? $";wide={wide.Port}" : "")}";

    /// <summary>How long the recording is, from its first connection.</summary>
    public TimeSpan Duration => _playback.Index.Duration;

    /// <summary>Completes when everything has been played; what was last stays.</summary>
    public Task Played => _playback.Played.Task;

    /// <summary>Reads through the recording and takes the ports.</summary>
    /// <param name="options">What to play, and where.</param>
    /// <param name="time">Real time, or a clock that is driven.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="cancellationToken">Ends the start, not the telescope.</param>
    /// <exception cref="ArgumentException">The options are faulty.</exception>
    /// <exception cref="InvalidDataException">The file is no recording.</exception>
    /// <exception cref="IOException">The file cannot be read, or a port cannot be had.</exception>
    public static Task<RecordedTelescope> StartAsync(
        RecordedTelescopeOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(options);
        RecordedTelescopeOptions.RequireValid(options);
        var telescope = new RecordedTelescope(options, time, loggers);
        telescope._running = Task.WhenAll([.. telescope._services.Select(service =>
            service.Service.RunAsync((socket, token) => telescope.ServeAsync(service.Port, socket, token), telescope._stop.Token))]);
        return Task.FromResult(telescope);
    }

    /// <summary>Closes connections and ports.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            _playback.End();
            await _stop.CancelAsync();
            await _running;
            Close();
        }
    }

    private void Listen(RecordedPort port, int number, ILogger logger) =>
        _services.Add((port, new TcpService(port.ToString().ToLowerInvariant(), new IPEndPoint(_options.Address, number), logger)));

    private IPEndPoint? EndPointOf(RecordedPort port) => _services.Find(service => service.Port == port).Service?.EndPoint;

    private async Task ServeAsync(RecordedPort port, Socket socket, CancellationToken cancellationToken)
    {
        using var recorded = _options.Recorder?.Open(port, nameof(RecordedTelescope));
        var writer = new PieceWriter(socket, null) { Recorded = recorded };
        using var idle = new IdleLimit(_options.IdleLimit, _time, cancellationToken);
        await (port == RecordedPort.Control
            ? new RecordedControlConnection(socket, _playback, writer).ServeAsync(idle)
            : new RecordedImageConnection(port, socket, _playback, writer).ServeAsync(idle));
    }

    private void Close()
    {
        _services.ForEach(service => service.Service.Dispose());
        _playback.Dispose();
        _file.Dispose();
        _stop.Dispose();
    }
}
