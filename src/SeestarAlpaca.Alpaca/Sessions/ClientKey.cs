using System.Net;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>Who asks: the program's address and the ClientID it gave, 0 for none (design.md §3.5).</summary>
internal readonly record struct ClientKey(IPAddress Address, uint ClientId)
{
    /// <summary>
    /// The key of a request. An IPv4 address is the same whether it arrived over IPv4 or mapped into IPv6, and so is this machine itself:
    /// "localhost" is ::1 on one connection and 127.0.0.1 on the next.
    /// </summary>
    /// <param name="remote">Null when the connection has no address; all such connections count as one address.</param>
    /// <param name="clientId">0 for none.</param>
    public static ClientKey Of(IPAddress? remote, uint clientId)
    {
        var address = remote ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        else if (address.Equals(IPAddress.IPv6Loopback))
        {
            address = IPAddress.Loopback;
        }

        return new ClientKey(address, clientId);
    }

    public override string ToString() => $"{Address}/{ClientId}";
}
