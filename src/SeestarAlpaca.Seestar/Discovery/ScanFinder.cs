using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// Finds telescopes by asking with <c>scan_iscope</c> on UDP 4720: by broadcast on every network, and the configured hosts directly
/// (<c>seestar-protocol.md</c> §2.3). Some telescopes never answer. Safe for concurrent use.
/// </summary>
public sealed partial class ScanFinder(
    INetworkInterfaces interfaces, DiscoveryOptions options, TimeProvider time, ILogger<ScanFinder> logger) : ITelescopeFinder
{
    /// <inheritdoc/>
    public IAsyncEnumerable<FoundTelescope> FindAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        ExchangeAsync(WithBroadcasts, duration, cancellationToken)
            .Where(answer => answer.From.Address.IsHost(options.IncludeLoopback))
            .Select(answer => new FoundTelescope(TelescopeAddress.Of(answer.From.Address), TelescopeSource.Scan)
            {
                Serial = answer.Reply.Serial,
                Model = answer.Reply.Model,
                IsVerified = answer.Reply.IsVerified,
                TcpClients = answer.Reply.TcpClients,
            })
            .DistinctBy(telescope => telescope.Address)
            .Take(options.MaxFound);

    /// <summary>Asks one host, for example for the serial number of a telescope whose address is known.</summary>
    /// <param name="host">Address and port, usually 4720.</param>
    /// <param name="duration">How long to wait for its answer, positive.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The first answer that comes from that address, from whichever port; null when none came.</returns>
    public async Task<ScanReply?> AskAsync(IPEndPoint host, TimeSpan duration, CancellationToken cancellationToken)
    {
        var answer = await ExchangeAsync(locals => [(ScanRequest.Build(Asker(locals, host.Address)), host)], duration, cancellationToken)
            .FirstOrDefaultAsync(answer => answer.From.Address.Equals(host.Address), cancellationToken);
        return answer.Reply;
    }

    private async IAsyncEnumerable<(IPEndPoint From, ScanReply Reply)> ExchangeAsync(
        Func<IReadOnlyList<InterfaceAddress>, IEnumerable<(byte[] Bytes, IPEndPoint To)>> messages,
        TimeSpan duration,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var probes = messages(interfaces.GetIPv4Addresses())
            .GroupBy(message => message.To.AddressFamily)
            .Select(family => new Probe(Open(family.Key), 0, [.. family]))
            .ToList();
        var exchange = new ProbeExchange(time, logger);
        await foreach (var reply in exchange.RunAsync(probes, duration, cancellationToken))
        {
            if (ScanReply.TryParse(reply.Bytes, out var scan))
            {
                yield return (reply.From, scan);
            }
        }
    }

    private IEnumerable<(byte[] Bytes, IPEndPoint To)> WithBroadcasts(IReadOnlyList<InterfaceAddress> locals)
    {
        var broadcasts =
            from local in locals
            where options.IncludeLoopback || !local.IsLoopback
            let broadcast = local.Broadcast
            where broadcast is not null
            select (ScanRequest.Build(local.Address), new IPEndPoint(broadcast, options.ScanPort));
        return broadcasts.Concat(options.ScanTargets.Select(target => (ScanRequest.Build(Asker(locals, target.Address)), target)));
    }

    /// <summary>Which of our addresses a host would know us by.</summary>
    private static IPAddress Asker(IReadOnlyList<InterfaceAddress> locals, IPAddress host) =>
        locals.FirstOrDefault(local => local.Reaches(host))?.Address
        ?? locals.FirstOrDefault(local => !local.IsLoopback)?.Address
        ?? IPAddress.Loopback;

    private Socket Open(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        var anywhere = family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        try
        {
            socket.EnableBroadcast = family == AddressFamily.InterNetwork;
            Bind(socket, anywhere);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Bind(Socket socket, IPAddress anywhere)
    {
        try
        {
            socket.Bind(new IPEndPoint(anywhere, options.ScanSourcePort));
        }
        catch (SocketException e)
        {
            Log.OtherSourcePort(logger, options.ScanSourcePort, e.Message);
            socket.Bind(new IPEndPoint(anywhere, 0));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "UDP port {Port} is not free; asking from another one. {Reason}", EventName = nameof(OtherSourcePort))]
        public static partial void OtherSourcePort(ILogger logger, int port, string reason);
    }
}
