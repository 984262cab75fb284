using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Simulator.Connections;

/// <summary>Listens on a TCP port and serves each connection until it ends. Bound when it is made, served while <see cref="RunAsync"/> runs.</summary>
internal sealed partial class TcpService : IDisposable
{
    private readonly TcpListener _listener;
    private readonly ILogger _logger;

    /// <summary>Takes the port.</summary>
    /// <param name="name">What the port is, for messages.</param>
    /// <param name="endPoint">Where to listen; port 0 takes a free one.</param>
    /// <param name="logger">Where to log.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public TcpService(string name, IPEndPoint endPoint, ILogger logger)
    {
        _logger = logger;
        _listener = new TcpListener(endPoint);
        try
        {
            _listener.Start();
        }
        catch (SocketException fault)
        {
            _listener.Dispose();
            throw new IOException($"The simulated telescope's {name} port {endPoint} cannot be had: {fault.Message} Choose another port, or 0 for a free one.", fault);
        }

        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

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
                if (await AcceptAsync(cancellationToken) is { } socket)
                {
                    connections.Add(ServeAsync(socket, serve, cancellationToken));
                }
            }
        }
        catch (OperationCanceledException)
        {
            _listener.Stop();
        }

        await Task.WhenAll(connections);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>The next connection; null if its client gave up before it was accepted.</summary>
    private async ValueTask<Socket?> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _listener.AcceptSocketAsync(cancellationToken);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
        {
            return null;
        }
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
            catch (OperationCanceledException)
            {
                Log.Ended(_logger, EndPoint.Port);
            }
            catch (Exception fault) when (fault is IOException or SocketException or InvalidDataException)
            {
                Log.Failed(_logger, EndPoint.Port, fault.Message);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Log.Broken(_logger, EndPoint.Port, fault);
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
