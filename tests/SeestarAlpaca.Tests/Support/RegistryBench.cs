using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Support;

/// <summary>A registry over a network in memory, with a file of its own.</summary>
internal sealed class RegistryBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RegistryBench(IReadOnlyList<TelescopeAddress> configured, Action<IdentityStore>? before)
    {
        Options = new ServerOptions { Telescopes = configured };
        Network = new FakeNetwork(Clock);
        Identities = new IdentityStore(_folder.File("telescopes.json"), NullLogger<IdentityStore>.Instance);
        before?.Invoke(Identities);
        Registry = new TelescopeRegistry(Options, new SessionOptions(), Identities, Network.At, Clock, new Random(1), NullLoggerFactory.Instance);
    }

    public ManualTimeProvider Clock { get; } = new();

    public ServerOptions Options { get; }

    public FakeNetwork Network { get; }

    public IdentityStore Identities { get; }

    public TelescopeRegistry Registry { get; }

    public Telescope Only => Assert.Single(Registry.Telescopes);

    public uint[] Numbers => [.. Registry.Telescopes.SelectMany(telescope => telescope.Record.Cameras).Select(camera => camera.Number)];

    /// <summary>A registry that runs.</summary>
    public static async Task<RegistryBench> StartAsync(
        IReadOnlyList<TelescopeAddress>? configured = null, Action<IdentityStore>? before = null, Action<FakeNetwork>? network = null)
    {
        var bench = new RegistryBench(configured ?? [], before);
        network?.Invoke(bench.Network);
        await bench.Registry.StartAsync(TestContext.Current.CancellationToken);
        return bench;
    }

    /// <summary>A telescope is found.</summary>
    public void Find(TelescopeAddress address, string? name = null, string? serial = null) =>
        Registry.Take(new FoundTelescope(address, serial is null ? TelescopeSource.Mdns : TelescopeSource.Scan) { HostName = name, Serial = serial });

    public async ValueTask DisposeAsync()
    {
        await Registry.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        _folder.Dispose();
    }
}
