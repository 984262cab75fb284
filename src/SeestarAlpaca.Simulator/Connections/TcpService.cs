using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Simulator.Connections;

/// <summary>
/// Listens on a TCP port and serves each connection until it ends. Bound when it is made, served while <see cref="RunAsync"/> runs. It can be shut
/// and opened again on the same port.
/// </summary>
internal sealed partial class TcpService : IDisposable
{
    private const int Backlog = 128;

    private readonly Lock _gate = new();
    private readonly ILogger _logger;
    private Socket _listener;
    private CancellationTokenSource _opening = new();
    private TaskCompletionSource? _shut;

    /// <summary>Takes the port.</summary>
    /// <param name="name">What the port is, for messages.</param>
    /// <param name="endPoint">Where to listen; port 0 takes a free one.</param>
    /// <param name="logger">Where to log.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public TcpService(string name, IPEndPoint endPoint, ILogger logger)
    {
        _logger = logger;
        try
        {
            _listener = Bind(endPoint);
            _listener.Listen(Backlog);
        }
        catch (SocketException fault)
        {
            _listener?.Dispose();
            throw new IOException($"The simulated telescope's {name} port {endPoint} cannot be had: {fault.Message}. Choose another port, or 0 for a free one.", fault);
        }

        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Resets all connections and refuses new ones. The port stays taken.</summary>
    public void Shut()
    {
        lock (_gate)
        {
            if (_shut is not null)
            {
                return;
            }

            _shut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // Not within the lock: whatever waits for the connections goes on here and now.
        _opening.Cancel();
        lock (_gate)
        {
            _listener.Dispose();
            _listener = Bind(EndPoint);
        }
    }

    /// <summary>Accepts connections again.</summary>
    public void Open()
    {
        lock (_gate)
        {
            if (_shut is { } shut)
            {
                _opening = new CancellationTokenSource();
                _listener.Listen(Backlog);
                _shut = null;
                shut.SetResult();
            }
        }
    }

    /// <summary>Accepts and serves until cancelled; returns when every connection has ended.</summary>
    /// <param name="serve">Serves one connection. What goes wrong with it ends this connection only.</param>
    /// <param name="cancellationToken">Ends the service.</param>
    public async Task RunAsync(Func<Socket, CancellationToken, Task> serve, CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.RemoveAll(connection => connection.IsCompleted);
                var (listener, opening) = await WaitUntilOpenAsync(cancellationToken);
                if (await AcceptAsync(listener, opening, cancellationToken) is { } socket)
                {
                    connections.Add(ServeAsync(socket, serve, opening, cancellationToken));
                }
            }
        }
        catch (OperationCanceledException)
        {
            _listener.Dispose();
        }

        await Task.WhenAll(connections);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _opening.Dispose();
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

    private async Task<(Socket Listener, CancellationToken Opening)> WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task shut;
            lock (_gate)
            {
                if (_shut is null)
                {
                    return (_listener, _opening.Token);
                }

                shut = _shut.Task;
            }

            await shut.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next connection; null if its client gave up before it was accepted, or the port has been shut.</summary>
    private static async ValueTask<Socket?> AcceptAsync(Socket listener, CancellationToken opening, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(opening, cancellationToken);
        try
        {
            return await listener.AcceptAsync(either.Token);
        }
        catch (Exception fault) when (
            opening.IsCancellationRequested || fault is SocketException { SocketErrorCode: SocketError.ConnectionAborted or SocketError.ConnectionReset })
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async Task ServeAsync(Socket socket, Func<Socket, CancellationToken, Task> serve, CancellationToken opening, CancellationToken cancellationToken)
    {
        using (socket)
        {
            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(opening, cancellationToken);
                socket.NoDelay = true;
                await serve(socket, either.Token);
            }
            catch (OperationCanceledException)
            {
                Log.Ended(_logger, EndPoint.Port);
            }
            catch (Exception fault) when (fault is IOException or SocketException or InvalidDataException or ObjectDisposedException)
            {
                Log.Failed(_logger, EndPoint.Port, fault.Message);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Log.Broken(_logger, EndPoint.Port, fault);
            }

            if (opening.IsCancellationRequested && socket.SafeHandle is { IsClosed: false })
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A connection on port {Port} was closed.", EventName = nameof(Ended))]
        public static partial void Ended(ILogger logger, int port);

        [LoggerMessage(2, LogLevel.Debug, "A connection on port {Port} ended: {Reason}", EventName = nameof(Failed))]
        public static partial void Failed(ILogger logger, int port, string reason);

        [LoggerMessage(3, LogLevel.Error, "A connection on port {Port} ended by a fault of the simulator.", EventName = nameof(Broken))]
        public static partial void Broken(ILogger logger, int port, Exception fault);
    }
}
