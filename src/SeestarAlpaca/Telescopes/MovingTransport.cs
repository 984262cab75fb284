using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Telescopes;

/// <summary>Connects to wherever the telescope is at the moment: its address may change while its session goes on.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class MovingTransport(TelescopeAddress address, TimeProvider time) : ITelescopeTransport
{
    private volatile TelescopeAddress _address = address;

    public TelescopeAddress Address
    {
        get => _address;
        set => _address = value;
    }

    public string Description => _address.ToString();

    public ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken) =>
        new TcpTransport(_address.Host, time, _address.ControlPort, _address.ImagePort).ConnectAsync(port, cancellationToken);
}
