using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>Which of the addresses that others tell us can be a telescope's.</summary>
internal static class AddressScope
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("::1/128"),
    ];

    /// <summary>Whether one can connect to it: a single host, not this computer itself unless wanted, and with a zone where one is needed.</summary>
    public static bool IsHost(this IPAddress address, bool includeLoopback) =>
        !IsMulticastOrBroadcast(address)
        && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        && (includeLoopback || !IPAddress.IsLoopback(address))
        && !(address.IsIPv6LinkLocal && address.ScopeId == 0);

    /// <summary>Whether it belongs to a home or private network. Providers answer unknown names with public addresses of their own.</summary>
    public static bool IsPrivate(this IPAddress address) => Array.Exists(Private, network => network.Contains(address));

    private static bool IsMulticastOrBroadcast(IPAddress address) =>
        address.IsIPv6Multicast || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224);
}
