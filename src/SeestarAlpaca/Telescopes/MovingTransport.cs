using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Telescopes;

/// <summary>Makes what opens connections to an address; a network in production.</summary>
public delegate ITelescopeTransport TransportFactory(TelescopeAddress address);

/// <summary>Connects to wherever the telescope is at the moment: its address may change while its session goes on.</summary>
/// <remarks>Thread safe.</remarks>
/// <param name="address">Where it is; null while nobody knows.</param>
/// <param name="open">Opens connections.</param>
internal sealed class MovingTransport(TelescopeAddress? address, TransportFactory open) : ITelescopeTransport
{
    private volatile TelescopeAddress? _address = address;

    public TelescopeAddress? Address
    {
        get => _address;
        set => _address = value;
    }

    public string Description => _address?.ToString() ?? "nowhere";

    public ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken) => _address is { } at
        ? open(at).ConnectAsync(port, cancellationToken)
        : throw new IOException("Another telescope has the address where it was last, and it has not been found elsewhere yet.");
}
