using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>Two ends of a TCP connection on this machine.</summary>
internal sealed class LoopbackPipe : IDisposable
{
    private LoopbackPipe(NetworkStream near, NetworkStream far) => (Near, Far) = (near, far);

    public NetworkStream Near { get; }

    public NetworkStream Far { get; }

    public static async Task<LoopbackPipe> OpenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = new TcpClient();
        var (connecting, accepting) = (near.ConnectAsync((IPEndPoint)listener.LocalEndpoint), listener.AcceptTcpClientAsync());
        await connecting;
        return new LoopbackPipe(near.GetStream(), (await accepting).GetStream());
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
