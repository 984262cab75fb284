namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>How a telescope was found.</summary>
public enum TelescopeSource
{
    /// <summary>A multicast DNS answer for one of its host names.</summary>
    Mdns,

    /// <summary>The operating system's resolver knew one of its host names.</summary>
    Resolver,

    /// <summary>An answer to <c>scan_iscope</c> on UDP 4720; the only one that tells a serial number.</summary>
    Scan,

    /// <summary>This computer is in the network of a telescope's own access point. A guess: routers use the same address.</summary>
    AccessPoint,

    /// <summary>The user named it.</summary>
    Configured,
}

/// <summary>
/// Something on the network that is, or may be, a telescope. What was not told is null. One telescope may be found in several ways
/// and, with IPv4 and IPv6, at several addresses; the serial number and the host name tell which belong together.
/// </summary>
/// <param name="Address">Where to connect.</param>
/// <param name="Source">How it was found.</param>
public sealed record FoundTelescope(TelescopeAddress Address, TelescopeSource Source)
{
    /// <summary>
    /// The name that led to the address, for example <c>seestar.local</c>. No stable identity: the second telescope to appear gets
    /// <c>seestar-2.local</c>.
    /// </summary>
    public string? HostName { get; init; }

    /// <summary>The serial number, as told.</summary>
    public string? Serial { get; init; }

    /// <summary>The model, for example <c>Seestar S50</c>.</summary>
    public string? Model { get; init; }

    /// <summary>What the telescope's answer says in <c>is_verified</c>.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>How many programs the telescope says are connected to it; 0 or more.</summary>
    public int? TcpClients { get; init; }
}
