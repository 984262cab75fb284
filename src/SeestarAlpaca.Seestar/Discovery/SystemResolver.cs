using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// The operating system's resolver. It may block for many seconds and cannot be cancelled, so each lookup has a thread of its own,
/// and a name whose lookup still runs is not looked up again. Safe for concurrent use.
/// </summary>
/// <param name="lookUp">The blocking lookup; null for the operating system's.</param>
public sealed class SystemResolver(Func<string, IPAddress[]>? lookUp = null)
{
    private readonly Func<string, IPAddress[]> _lookUp = lookUp ?? Dns.GetHostAddresses;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<IPAddress[]>> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of a name; empty when it is unknown. Cancelling ends the wait, not the lookup.</summary>
    public Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(name, out var lookup))
            {
                lookup = RunAsync(name);
                _running.Add(name, lookup);
            }

            return lookup.WaitAsync(cancellationToken);
        }
    }

    private async Task<IPAddress[]> RunAsync(string name)
    {
        // Lets the caller note the lookup before it can possibly end.
        await Task.Yield();
        try
        {
            return await Task.Factory.StartNew(
                () => _lookUp(name), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (SocketException)
        {
            return [];
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(name);
            }
        }
    }
}
