using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>
/// A port that is held all the time but listens only while it is open; otherwise connections are refused (<c>seestar-protocol.md</c> §6). Thread safe.
/// </summary>
/// <remarks>On Linux two simulators can hold the same port while neither listens; the second to open then says in the log that it cannot.</remarks>
internal sealed partial class VideoPort : IDisposable
{
    /// <summary>Clients served at a time; the next is closed at once.</summary>
    public const int MaxConnections = 16;

    private readonly string _name;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _serving = [];
    private Socket? _socket;
    private CancellationTokenSource? _open;
    private bool _disposed;

    /// <summary>Takes the port, without listening.</summary>
    /// <param name="name">What the port is, for messages.</param>
    /// <param name="endPoint">Where; port 0 takes a free one.</param>
    /// <param name="logger">Where to log.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public VideoPort(string name, IPEndPoint endPoint, ILogger logger)
    {
        (_name, _logger) = (name, logger);
        try
        {
            _socket = Bind(endPoint);
        }
        catch (SocketException fault)
        {
            throw new IOException($"The simulated telescope's {name} port {endPoint} cannot be had: {fault.Message}. Choose another port, or 0 for a free one.", fault);
        }

        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <summary>Where it is.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Listens from now on, and serves each connection until it ends or the port is closed. Does nothing if it is open or disposed.</summary>
    public void Open(Func<Socket, CancellationToken, Task> serve)
    {
        lock (_gate)
        {
            if (_open is not null || _disposed)
            {
                return;
            }

            try
            {
                _socket ??= Bind(EndPoint);
                _socket.Listen();
            }
            catch (SocketException fault)
            {
                Log.NotOpened(_logger, _name, EndPoint, fault.Message);
                return;
            }

            var (socket, open) = (_socket, new CancellationTokenSource());
            _open = open;
            Track(Task.Run(() => AcceptAsync(socket, serve, open.Token), CancellationToken.None));
        }
    }

    /// <summary>Refuses connections from now on, and ends those there are. Does nothing if it is closed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_open is not { } open)
            {
                return;
            }

            _open = null;
            _socket!.Dispose();
            _socket = TryBindAgain();
            Track(open.CancelAsync());
        }
    }

    /// <summary>Completes when nothing is served any more; to be called after <see cref="Close"/>.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll([.. _serving]);
        }
    }

    /// <summary>Closes, and gives the port back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Close();
            _disposed = true;
            _socket?.Dispose();
            _socket = null;
        }
    }

    private static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Between closing and this another program may have taken the port; then <see cref="Open"/> tries again.</summary>
    private Socket? TryBindAgain()
    {
        try
        {
            return Bind(EndPoint);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private void Track(Task task)
    {
        lock (_gate)
        {
            _serving.RemoveWhere(one => one.IsCompleted);
            _serving.Add(task);
        }
    }

    private async Task AcceptAsync(Socket listener, Func<Socket, CancellationToken, Task> serve, CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(cancellationToken);
                connections.RemoveAll(connection => connection.IsCompleted);
                if (connections.Count < MaxConnections)
                {
                    connections.Add(ServeAsync(socket, serve, cancellationToken));
                }
                else
                {
                    socket.Dispose();
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The port has been closed.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket socket, Func<Socket, CancellationToken, Task> serve, CancellationToken cancellationToken)
    {
        using (socket)
        {
            try
            {
                socket.NoDelay = true;
                await serve(socket, cancellationToken);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException or InvalidDataException)
            {
                Log.Ended(_logger, EndPoint.Port, fault.Message);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Log.Broken(_logger, EndPoint.Port, fault);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The simulated telescope's {Name} port {EndPoint} cannot be opened: {Reason}", EventName = nameof(NotOpened))]
        public static partial void NotOpened(ILogger logger, string name, IPEndPoint endPoint, string reason);

        [LoggerMessage(2, LogLevel.Debug, "A connection on port {Port} ended: {Reason}", EventName = nameof(Ended))]
        public static partial void Ended(ILogger logger, int port, string reason);

        [LoggerMessage(3, LogLevel.Error, "A connection on port {Port} ended by a fault of the simulator.", EventName = nameof(Broken))]
        public static partial void Broken(ILogger logger, int port, Exception fault);
    }
}
