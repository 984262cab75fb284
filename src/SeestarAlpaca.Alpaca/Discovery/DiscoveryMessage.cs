using System.Text;

namespace SeestarAlpaca.Alpaca.Discovery;

/// <summary>The two messages of Alpaca's discovery (alpaca-camera.md §5).</summary>
public static class DiscoveryMessage
{
    /// <summary>The port that clients ask on, UDP.</summary>
    public const int DefaultPort = 32227;

    /// <summary>
    /// Whether a datagram asks for servers of discovery version 1. Bytes behind the first 16 are reserved for later versions, so any may follow.
    /// </summary>
    public static bool IsRequest(ReadOnlySpan<byte> datagram) => datagram.StartsWith("alpacadiscovery1"u8);

    /// <summary>The answer. The client takes the address from the datagram that brings it.</summary>
    /// <param name="alpacaPort">TCP port of the API, 1 to 65535.</param>
    public static byte[] Reply(int alpacaPort)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alpacaPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpacaPort, ushort.MaxValue);
        return Encoding.ASCII.GetBytes($$"""{"AlpacaPort":{{alpacaPort}}}""");
    }
}
