using System.Net;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>What is asked, and where. The defaults are those of real telescopes (<c>seestar-protocol.md</c> §1, §2).</summary>
public sealed record DiscoveryOptions
{
    /// <summary>
    /// The names telescopes have in multicast DNS; default <c>seestar.local</c>, <c>seestar-2.local</c> … <c>seestar-9.local</c>
    /// (<c>seestar-protocol.md</c> §2.1).
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } =
        ["seestar.local", .. Enumerable.Range(2, 8).Select(number => $"seestar-{number}.local")];

    /// <summary>The IPv4 group of multicast DNS; default 224.0.0.251 (RFC 6762 §3).</summary>
    public IPAddress MulticastDnsGroup { get; init; } = IPAddress.Parse("224.0.0.251");

    /// <summary>The port of multicast DNS; default 5353 (RFC 6762 §3).</summary>
    public int MulticastDnsPort { get; init; } = 5353;

    /// <summary>The UDP port that broadcasts of <c>scan_iscope</c> go to; default 4720.</summary>
    public int ScanPort { get; init; } = 4720;

    /// <summary>
    /// The UDP port that <c>scan_iscope</c> is sent from where it is free, else an ephemeral one; default 4720, since one telescope answered
    /// only that (<c>seestar-protocol.md</c> §2.3). 0 is always ephemeral.
    /// </summary>
    public int ScanSourcePort { get; init; } = 4720;

    /// <summary>Whom to ask with <c>scan_iscope</c> besides the broadcasts: telescopes that broadcasts do not reach. Default none.</summary>
    public IReadOnlyList<IPEndPoint> ScanTargets { get; init; } = [];

    /// <summary>Whether the loopback interface is searched too, and loopback addresses in answers are believed; default false.</summary>
    public bool IncludeLoopback { get; init; }

    /// <summary>After how many telescopes a search ends, whoever sends more; default 256.</summary>
    public int MaxFound { get; init; } = 256;
}
