using System.Net;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// Offers 10.0.0.1, a telescope's address in its own access point (<c>seestar-protocol.md</c> §2.2), when this computer has an address in
/// 10.0.0.0/24. It sends nothing, so what it finds may as well be a router. Safe for concurrent use.
/// </summary>
public sealed class AccessPointFinder(INetworkInterfaces interfaces) : ITelescopeFinder
{
    private static readonly IPAddress Telescope = IPAddress.Parse("10.0.0.1");
    private static readonly IPNetwork AccessPoint = IPNetwork.Parse("10.0.0.0/24");

    /// <inheritdoc/>
    public IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, CancellationToken cancellationToken) => Find().ToAsyncEnumerable();

    private IEnumerable<FoundTelescope> Find()
    {
        var ours = interfaces.GetIPv4Addresses().Select(local => local.Address).Where(AccessPoint.Contains).ToList();
        if (ours.Count > 0 && !ours.Contains(Telescope))
        {
            yield return new FoundTelescope(TelescopeAddress.Of(Telescope), TelescopeSource.AccessPoint);
        }
    }
}
