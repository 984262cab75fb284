using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Alpaca.Discovery;

/// <summary>Makes UDP sockets on a port that other servers of this machine use as well (alpaca-camera.md §5).</summary>
internal static class SharedUdpSocket
{
    /// <summary>Windows: reports an unreachable earlier receiver as an error of the next receive, unless told not to.</summary>
    private const int SioUdpConnReset = unchecked((int)0x9800000C);

    /// <summary>Binds to all addresses of a family.</summary>
    /// <exception cref="SocketException">Another program holds the port without sharing it, or the family is not available.</exception>
    public static Socket Bind(AddressFamily family, int port)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Share(socket);
            if (family == AddressFamily.InterNetworkV6)
            {
                // IPv4 has a socket of its own, since broadcasts reach only such.
                socket.DualMode = false;
            }

            if (OperatingSystem.IsWindows())
            {
                socket.IOControl(SioUdpConnReset, [0, 0, 0, 0], null);
            }

            socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Elsewhere than on Windows both options are needed, in the numbers of the operating system: with SO_REUSEADDR servers of other users share
    /// the port, and SO_REUSEPORT is what servers of this user may insist on. .NET's own ReuseAddress does not promise which of them it sets.
    /// </summary>
    private static void Share(Socket socket)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid())
        {
            Set(socket, level: 1, name: 2); // SOL_SOCKET, SO_REUSEADDR
            Set(socket, level: 1, name: 15); // SOL_SOCKET, SO_REUSEPORT
        }
        else if (OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD())
        {
            Set(socket, level: 0xffff, name: 0x4); // SOL_SOCKET, SO_REUSEADDR
            Set(socket, level: 0xffff, name: 0x200); // SOL_SOCKET, SO_REUSEPORT
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        }
    }

    private static void Set(Socket socket, int level, int name) => socket.SetRawSocketOption(level, name, BitConverter.GetBytes(1));
}
