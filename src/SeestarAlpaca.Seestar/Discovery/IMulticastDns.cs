using System.Net;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>Multicast DNS (RFC 6762) as far as finding hosts needs it. Safe for concurrent use.</summary>
public interface IMulticastDns
{
    /// <summary>
    /// Asks all networks for the IPv4 and IPv6 addresses of names, and yields the answers as they come; the same one may come again.
    /// </summary>
    /// <param name="names">Host names, for example <c>seestar.local</c>; ASCII, compared without regard to case.</param>
    /// <param name="duration">How long to wait for answers, positive.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One of <paramref name="names"/>, as written there, and an address one can connect to.</returns>
    IAsyncEnumerable<(string Name, IPAddress Address)> QueryAsync(
        IReadOnlyList<string> names, TimeSpan duration, CancellationToken cancellationToken);
}
