using System.Collections.Concurrent;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Tests.Support;

/// <summary>A network in memory: where no telescope was put, nothing answers.</summary>
internal sealed class FakeNetwork(TimeProvider clock)
{
    private readonly ConcurrentDictionary<TelescopeAddress, ITelescopeTransport> _hosts = [];
    private readonly ConcurrentQueue<TelescopeAddress> _attempts = [];

    /// <summary>Puts a telescope at an address; unlocked firmware tells its serial number, locked firmware tells none.</summary>
    public FakeTelescope Put(TelescopeAddress address, string? serial = null)
    {
        var telescope = new FakeTelescope(clock);
        if (serial is not null)
        {
            telescope.Answers = Seestar.Tests.Wire.Telescopes.Unlocked($$"""{"device":{"product_model":"Seestar S50","sn":"{{serial}}"} }""", () => "{}");
        }

        _hosts[address] = telescope;
        return telescope;
    }

    /// <summary>What is at that address neither answers nor refuses.</summary>
    public void PutSilence(TelescopeAddress address) => _hosts[address] = new Silence();

    /// <summary>How often somebody tried to connect there.</summary>
    public int Attempts(TelescopeAddress address) => _attempts.Count(each => each == address);

    public ITelescopeTransport At(TelescopeAddress address) => new Route(this, address);

    private sealed class Route(FakeNetwork network, TelescopeAddress address) : ITelescopeTransport
    {
        public string Description => address.ToString();

        public ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken)
        {
            network._attempts.Enqueue(address);
            return network._hosts.TryGetValue(address, out var host)
                ? host.ConnectAsync(port, cancellationToken)
                : throw new IOException($"There is nothing at {address}.");
        }
    }

    private sealed class Silence : ITelescopeTransport
    {
        public string Description => "silence";

        public async ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new IOException("It never answers.");
        }
    }
}
