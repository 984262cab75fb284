using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// One-shot queries (RFC 6762 §5.1) over IPv4 from an ephemeral port of every interface, so that no service of this computer is disturbed.
/// Such queries are answered by unicast (§6.7); answers sent to the group are heard too where the system lets the port be shared harmlessly.
/// Safe for concurrent use.
/// </summary>
public sealed partial class MulticastDns(
    INetworkInterfaces interfaces, DiscoveryOptions options, TimeProvider time, ILogger<MulticastDns> logger) : IMulticastDns
{
    private const ushort QueryId = 0;

    /// <summary>The hop count of multicast DNS (RFC 6762 §11); the group's addresses never leave the network anyway.</summary>
    private const int TimeToLive = 255;

    /// <inheritdoc/>
    public async IAsyncEnumerable<(string Name, IPAddress Address)> QueryAsync(
        IReadOnlyList<string> names, TimeSpan duration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One message for each name: simple responders read only the first question or two.
        var group = new IPEndPoint(options.MulticastDnsGroup, options.MulticastDnsPort);
        var messages = names.Select(name => (DnsMessage.BuildQuery(QueryId, name), group)).ToList();
        var locals = interfaces.GetIPv4Addresses().Where(IsWanted).ToList();
        var probes = locals.Select(local => Open(local, messages)).Append(OpenGroup(locals)).OfType<Probe>().ToList();

        var exchange = new ProbeExchange(time, logger);
        await foreach (var reply in exchange.RunAsync(probes, duration, cancellationToken))
        {
            foreach (var answer in Read(reply, names))
            {
                yield return answer;
            }
        }
    }

    private bool IsWanted(InterfaceAddress local) => local.IsLoopback ? options.IncludeLoopback : local.SupportsMulticast;

    private IEnumerable<(string Name, IPAddress Address)> Read(ProbeReply reply, IReadOnlyList<string> names)
    {
        // A multicast answer's id means nothing, but it must come from the port of multicast DNS (RFC 6762 §6, §18.1).
        var isMulticast = reply.Probe.Messages.Count == 0;
        if (!DnsMessage.TryParse(reply.Bytes, out var message)
            || !message.IsAnswer
            || (isMulticast ? reply.From.Port != options.MulticastDnsPort : message.Id != QueryId))
        {
            yield break;
        }

        foreach (var record in message.Addresses.Where(record => record.TimeToLive > TimeSpan.Zero))
        {
            var name = names.FirstOrDefault(name => string.Equals(name, record.Name, StringComparison.OrdinalIgnoreCase));
            var address = record.Address.IsIPv6LinkLocal
                ? new IPAddress(record.Address.GetAddressBytes(), reply.Probe.InterfaceIndex)
                : record.Address;
            if (name is not null && address.IsHost(options.IncludeLoopback))
            {
                yield return (name, address);
            }
        }
    }

    private Probe? Open(InterfaceAddress local, IReadOnlyList<(byte[] Bytes, IPEndPoint To)> messages) =>
        TryOpen(local.Address, socket =>
        {
            socket.SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.MulticastInterface, BitConverter.ToInt32(local.Address.GetAddressBytes()));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, TimeToLive);
            socket.Bind(new IPEndPoint(local.Address, 0));
        }) is { } socket
            ? new Probe(socket, local.Index, messages)
            : null;

    /// <summary>
    /// Bound to the group's own address, a socket takes nothing away from the system's own responder on that port. Windows
    /// cannot do that, and goes without.
    /// </summary>
    private Probe? OpenGroup(List<InterfaceAddress> locals) =>
        !OperatingSystem.IsWindows() && TryOpen(options.MulticastDnsGroup, socket =>
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(options.MulticastDnsGroup, options.MulticastDnsPort));
            foreach (var local in locals)
            {
                socket.SetSocketOption(
                    SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(options.MulticastDnsGroup, local.Address));
            }
        }) is { } socket
            ? new Probe(socket, locals.Count == 1 ? locals[0].Index : 0, [])
            : null;

    private Socket? TryOpen(IPAddress on, Action<Socket> prepare)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            prepare(socket);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            Log.NotOpened(logger, on, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Multicast DNS does without {Address}: {Reason}", EventName = nameof(NotOpened))]
        public static partial void NotOpened(ILogger logger, IPAddress address, string reason);
    }
}
