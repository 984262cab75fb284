using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SeestarAlpaca.Conformance.Discovery;

/// <summary>Where requests are sent when no address is named: every interface's broadcast address, and the IPv6 group (alpaca-camera.md §5).</summary>
internal static class DiscoveryTargets
{
    private static readonly IPAddress Group = IPAddress.Parse("ff12::a1:9aca");

    /// <summary>The broadcast address of an IPv4 network.</summary>
    public static IPAddress Broadcast(IPAddress address, IPAddress mask)
    {
        var (own, network) = (address.GetAddressBytes(), mask.GetAddressBytes());
        return new IPAddress([.. own.Select((part, i) => (byte)(part | ~network[i]))]);
    }

    /// <summary>All addresses of this machine's networks.</summary>
    public static IReadOnlyList<IPAddress> OfThisMachine() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            .SelectMany(Targets).Distinct(),
    ];

    private static IEnumerable<IPAddress> Targets(NetworkInterface network)
    {
        foreach (var address in network.GetIPProperties().UnicastAddresses)
        {
            if (address.Address.AddressFamily == AddressFamily.InterNetwork)
            {
                yield return Broadcast(address.Address, address.IPv4Mask);
            }
            else if (address.Address.IsIPv6LinkLocal)
            {
                yield return new IPAddress(Group.GetAddressBytes(), address.Address.ScopeId);
            }
        }
    }
}
