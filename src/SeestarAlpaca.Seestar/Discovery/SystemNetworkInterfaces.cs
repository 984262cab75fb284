using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>This computer's interfaces as the operating system tells them, asked anew each time. Safe for concurrent use.</summary>
public sealed class SystemNetworkInterfaces : INetworkInterfaces
{
    /// <inheritdoc/>
    /// <exception cref="NetworkInformationException">The operating system refused to tell.</exception>
    public IReadOnlyList<InterfaceAddress> GetIPv4Addresses() =>
    [
        .. from network in NetworkInterface.GetAllNetworkInterfaces()

           // Linux says Unknown for interfaces without a carrier of their own: loopback, tunnels, USB.
           where network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
           where network.Supports(NetworkInterfaceComponent.IPv4)
           let properties = network.GetIPProperties()
           from unicast in properties.UnicastAddresses
           where unicast.Address.AddressFamily == AddressFamily.InterNetwork
           select new InterfaceAddress(
               unicast.Address,
               unicast.PrefixLength,
               properties.GetIPv4Properties()?.Index ?? 0,
               network.NetworkInterfaceType == NetworkInterfaceType.Loopback,
               network.SupportsMulticast),
    ];
}
