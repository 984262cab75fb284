using System.Net;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Discovery;

/// <summary>Discovery over UDP (alpaca-camera.md §5).</summary>
internal static class DiscoveryChecks
{
    private static readonly byte[] Request = "alpacadiscovery1"u8.ToArray();
    private static readonly IPAddress LoopbackBroadcast = IPAddress.Parse("127.255.255.255");

    private static readonly string[] NoRequests = ["alpacadiscovery2", "alpacadiscovery", "ALPACADISCOVERY1", "alpacadiscoverz1", "hello", ""];

    public static IReadOnlyList<Check<DiscoveryRun>> All { get; } =
    [
        new("discovery.answer", "§5", "a request is answered with the port", AnswerAsync),
        new("discovery.once", "§5", "each request is answered once", OnceAsync),
        new("discovery.padded", "§5", "a request padded to 64 bytes is answered", PaddedAsync),
        new("discovery.silence", "§5", "what is no request is not answered", SilenceAsync),
        new("discovery.broadcast", "§5, §11.25", "broadcasts are answered", BroadcastAsync)
        {
            LeftOut = run => run.Settings.Address is { } address && address.Equals(IPAddress.Loopback) && OperatingSystem.IsLinux()
                ? null : "Only with --address 127.0.0.1 on Linux, whose loopback has broadcasts; without --address all requests are broadcasts.",
        },
        new("discovery.reachable", "§5, §11.26", "the API answers at the address that the answer came from", ReachableAsync),
        new("discovery.shared", "§5, §11.25", "the port is shared with other servers of the host", SharedAsync)
        {
            LeftOut = run => run.Settings.Address is { } address && IPAddress.IsLoopback(address) ? null : "Only on this machine.",
        },
    ];

    private static async Task AnswerAsync(DiscoveryRun run, CancellationToken cancellationToken)
    {
        // To one address one answer is enough; on a network everybody may answer.
        foreach (var (target, replies) in await run.AskAsync(Request, run.Settings.Address is null ? 0 : 1, run.Settings.Wait, cancellationToken))
        {
            foreach (var reply in replies)
            {
                var (port, problem) = DiscoveryReply.Read(reply.Datagram);
                if (port is { } number)
                {
                    run.Servers[new IPEndPoint(reply.From.Address, number)] = target.Address;
                    run.Judge.Ok($"{reply.From.Address} answers with port {number}.");
                }
                else
                {
                    run.Judge.Issue($"{reply.From.Address}: {problem} ({Encoding.UTF8.GetString(reply.Datagram.AsSpan(0, Math.Min(80, reply.Datagram.Length)))}).");
                }
            }
        }

        if (run.Servers.Count == 0)
        {
            throw new RunEndedException($"No server answers a discovery request to {string.Join(", ", run.Targets)} within {run.Settings.Wait.TotalSeconds} s.");
        }
    }

    private static async Task OnceAsync(DiscoveryRun run, CancellationToken cancellationToken)
    {
        foreach (var (target, replies) in await run.AskAsync(Request, 0, run.Settings.Silence, cancellationToken))
        {
            foreach (var server in replies.GroupBy(reply => (reply.From.Address, DiscoveryReply.Read(reply.Datagram).Port)))
            {
                run.Judge.Require(
                    server.Count() == 1,
                    "One answer came.",
                    $"{server.Key.Address} answered a single request to {target.Address} {server.Count()} times.");
            }
        }
    }

    private static async Task PaddedAsync(DiscoveryRun run, CancellationToken cancellationToken)
    {
        var padded = new byte[64];
        Request.CopyTo(padded, 0);
        var asked = await run.AskAsync(padded, 1, run.Settings.Wait, cancellationToken);
        run.Judge.Require(
            asked.Any(target => target.Replies.Count > 0),
            "It is answered.",
            "A request whose bytes 16 to 63 are zeros must be answered: they are reserved for later versions.");
    }

    private static async Task SilenceAsync(DiscoveryRun run, CancellationToken cancellationToken)
    {
        await Task.WhenAll(NoRequests.Select(async text =>
        {
            foreach (var (_, replies) in await run.AskAsync(Encoding.ASCII.GetBytes(text), 0, run.Settings.Silence, cancellationToken))
            {
                run.Judge.Require(replies.Count == 0, $"'{text}' is not answered.", $"'{text}' is no request of version 1, yet it is answered.");
            }
        }));
    }

    private static async Task BroadcastAsync(DiscoveryRun run, CancellationToken cancellationToken)
    {
        var replies = await Probe.AskAsync(
            new IPEndPoint(LoopbackBroadcast, run.Settings.Port), Request, 1, run.Settings.Wait, run.Time, cancellationToken);
        run.Judge.Require(
            replies.Count > 0,
            "A broadcast is answered.",
            $"A broadcast to {LoopbackBroadcast} is not answered, although 127.0.0.1 is: the socket is bound to one address.");
    }

    private static async Task ReachableAsync(DiscoveryRun run, CancellationToken cancellationToken)
    {
        foreach (var (server, target) in run.Servers)
        {
            var address = new Uri($"http://{server}");
            try
            {
                using var sender = new HttpSender(address, run.Time);
                var reply = await sender.SendAsync(
                    HttpRequest.Get("/management/apiversions") with { Timeout = run.Settings.Wait }, cancellationToken);
                run.Judge.Require(
                    reply is { Status: 200, IsJson: true },
                    $"{address} answers.",
                    $"{address} is told by discovery to {target}, but answers HTTP {reply.Status}.");
            }
            catch (NoReplyException exception)
            {
                run.Judge.Issue($"{address} is told by discovery to {target}, but the API is not there: {exception.Message}");
            }
        }
    }

    private static Task SharedAsync(DiscoveryRun run, CancellationToken cancellationToken)
    {
        var address = run.Settings.Address!.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        try
        {
            using var socket = SharedSocket.Bind(new IPEndPoint(address, run.Settings.Port));
            run.Judge.Ok("A second socket shares the port.");
        }
        catch (SocketException exception)
        {
            run.Judge.Issue($"A second server could not share UDP port {run.Settings.Port}: {exception.Message}. SO_REUSEADDR is needed, on Linux and macOS SO_REUSEPORT besides.");
        }

        return Task.CompletedTask;
    }
}
