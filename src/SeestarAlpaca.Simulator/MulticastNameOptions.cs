using System.Net;

namespace SeestarAlpaca.Simulator;

/// <summary>
/// How the simulated telescope answers to its name in multicast DNS (RFC 6762; <c>seestar-protocol.md</c> §2.1). The first on the network is
/// <c>seestar.local</c>, the next <c>seestar-2.local</c> and so on: it probes until it finds a name that nobody has.
/// </summary>
public sealed record MulticastNameOptions
{
    /// <summary>The name it wants, without <c>.local</c>: a letter, then letters, digits and dashes, at most 60; default <c>seestar</c>.</summary>
    public string Name { get; init; } = "seestar";

    /// <summary>The IPv4 group; default 224.0.0.251.</summary>
    public IPAddress Group { get; init; } = IPAddress.Parse("224.0.0.251");

    /// <summary>The UDP port; default 5353, 1 to 65535.</summary>
    public int Port { get; init; } = 5353;

    /// <summary>The addresses it answers with, IPv4 or IPv6; null for the address that the telescope listens on.</summary>
    public IReadOnlyList<IPAddress>? Addresses { get; init; }
}
