namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>Finds telescopes by the names they have in multicast DNS (<c>seestar-protocol.md</c> §2.1). Safe for concurrent use.</summary>
public sealed class MdnsFinder(IMulticastDns dns, DiscoveryOptions options) : ITelescopeFinder
{
    /// <inheritdoc/>
    public IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        dns.QueryAsync(options.HostNames, duration, cancellationToken)
            .Select(answer => new FoundTelescope(TelescopeAddress.Of(answer.Address), TelescopeSource.Mdns) { HostName = answer.Name })
            .DistinctBy(telescope => telescope.Address)
            .Take(options.MaxFound);
}
