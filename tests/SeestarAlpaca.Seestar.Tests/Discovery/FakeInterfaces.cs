using System.Net;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

/// <summary>A computer with the IPv4 addresses a test gives it.</summary>
internal sealed class FakeInterfaces(params InterfaceAddress[] addresses) : INetworkInterfaces
{
    public static FakeInterfaces Loopback { get; } = new(new InterfaceAddress(IPAddress.Loopback, 8, 1, IsLoopback: true, SupportsMulticast: false));

    public static InterfaceAddress Ethernet(string address, int prefixLength) => new(IPAddress.Parse(address), prefixLength, 2, false, true);

    public IReadOnlyList<InterfaceAddress> GetIPv4Addresses() => addresses;
}
