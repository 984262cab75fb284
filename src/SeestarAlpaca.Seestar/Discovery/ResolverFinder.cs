using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// Finds telescopes by the same names through the operating system's resolver, which reaches where our own multicast queries may not
/// (firewalls, names a router knows). Only private addresses count, since providers invent public ones for unknown names.
/// Names that cannot be resolved are silence. Safe for concurrent use.
/// </summary>
/// <param name="resolve">Resolves a name, for example <see cref="SystemResolver.ResolveAsync"/>.</param>
/// <param name="options">The names, and whether loopback addresses count.</param>
/// <param name="time">The clock.</param>
public sealed class ResolverFinder(
    Func<string, CancellationToken, Task<IPAddress[]>> resolve, DiscoveryOptions options, TimeProvider time) : ITelescopeFinder
{
    /// <inheritdoc/>
    public IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        ResolveAllAsync(duration, cancellationToken)
            .Where(telescope => telescope.Address.IsHost(options.IncludeLoopback) && telescope.Address.IsPrivate())
            .Select(telescope => new FoundTelescope(TelescopeAddress.Of(telescope.Address), TelescopeSource.Resolver) { HostName = telescope.Name })
            .DistinctBy(telescope => telescope.Address)
            .Take(options.MaxFound);

    private async IAsyncEnumerable<(string Name, IPAddress Address)> ResolveAllAsync(
        TimeSpan duration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(duration, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var lookups = options.HostNames.Select(name => ResolveAsync(name, ending.Token)).ToList();
        try
        {
            await foreach (var lookup in Task.WhenEach(lookups))
            {
                var (name, addresses) = await lookup;
                foreach (var address in addresses)
                {
                    yield return (name, address);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(lookups);
        }
    }

    private async Task<(string Name, IPAddress[] Addresses)> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (name, await resolve(name, cancellationToken).WaitAsync(cancellationToken));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or TimeoutException)
        {
            return (name, []);
        }
    }
}
