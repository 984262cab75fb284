using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Conformance.Discovery;

/// <summary>A UDP socket as a second Alpaca server of the same host would open it (alpaca-camera.md §5).</summary>
internal static class SharedSocket
{
    /// <summary>Binds with all options of sharing.</summary>
    /// <exception cref="SocketException">Somebody holds the port without sharing it.</exception>
    public static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            foreach (var (level, name) in Options())
            {
                socket.SetRawSocketOption(level, name, BitConverter.GetBytes(1));
            }

            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>SO_REUSEADDR and, where there is one, SO_REUSEPORT, in the system's own numbers.</summary>
    private static (int Level, int Name)[] Options() =>
        OperatingSystem.IsLinux() ? [(1, 2), (1, 15)] : OperatingSystem.IsMacOS() ? [(0xffff, 0x4), (0xffff, 0x200)] : [(0xffff, 0x4)];
}
