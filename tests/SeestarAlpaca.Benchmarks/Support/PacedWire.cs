using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>
/// Stands between a server and a telescope's image port as a Wi-Fi does: frames pass at a fixed rate, and it is known when the last byte of each
/// has been sent.
/// </summary>
/// <param name="telescope">The telescope's image port.</param>
/// <param name="bytesPerSecond">The rate.</param>
internal sealed class PacedWire(IPEndPoint telescope, double bytesPerSecond) : IAsyncDisposable
{
    private const int Piece = 32 << 10;
    private const int Picture = 1 << 20;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly byte[] _bytes = new byte[64 << 20];
    private Task _running = Task.CompletedTask;
    private long _lastPictureAt;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>When the last byte of the newest picture was sent; 0 before the first.</summary>
    public long LastPictureAt => Volatile.Read(ref _lastPictureAt);

    public void Start()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            using var server = await _listener.AcceptTcpClientAsync(_ending.Token);
            // Pieces smaller than a segment would otherwise wait 40 ms for an acknowledgement.
            server.NoDelay = true;
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(telescope, _ending.Token);
            var requests = server.GetStream().CopyToAsync(upstream.GetStream(), _ending.Token);
            await Task.WhenAny(requests, ForwardAsync(upstream.GetStream(), server.GetStream()));
        }
    }

    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        while (true)
        {
            await from.ReadExactlyAsync(_bytes.AsMemory(0, StackFrame.HeaderLength), _ending.Token);
            var length = StackFrame.HeaderLength + BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(6));
            await from.ReadExactlyAsync(_bytes.AsMemory(StackFrame.HeaderLength, length - StackFrame.HeaderLength), _ending.Token);
            var start = TimeProvider.System.GetTimestamp();
            for (var sent = 0; sent < length; sent += Piece)
            {
                var ahead = TimeSpan.FromSeconds(sent / bytesPerSecond) - TimeProvider.System.GetElapsedTime(start);
                if (ahead > TimeSpan.FromMilliseconds(1))
                {
                    await Task.Delay(ahead, TimeProvider.System, _ending.Token);
                }

                await to.WriteAsync(_bytes.AsMemory(sent, Math.Min(Piece, length - sent)), _ending.Token);
            }

            if (length > Picture)
            {
                Volatile.Write(ref _lastPictureAt, TimeProvider.System.GetTimestamp());
            }
        }
    }
}
