using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>The server as it is, with a simulated telescope, and beside its own routes those of the baselines, so that both run in one web server.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    public const uint MosaicCamera = 0;
    public const uint RgbCamera = 1;
    public const string BytesPath = "/baseline/bytes";
    public const string EmptyPath = "/baseline/empty";

    private const int Piece = 64 << 10;

    private readonly DataDirectory _data;
    private readonly WebApplication _server;
    private readonly SeestarSimulator _telescope;

    private BenchServer(DataDirectory data, WebApplication server, SeestarSimulator telescope)
    {
        (_data, _server, _telescope) = (data, server, telescope);
        Port = ServerHost.PortOf(server);
    }

    public int Port { get; }

    public Telescope Telescope => _server.Services.GetRequiredService<TelescopeRegistry>().Telescopes[0];

    public SeestarSimulator Simulator => _telescope;

    public static string CameraPath(uint camera, string member) => $"/api/v1/camera/{camera}/{member}";

    /// <summary>Starts both, and exposes both cameras once, so that they have a picture of a stack that stands still.</summary>
    public static async Task<BenchServer> StartAsync()
    {
        var server = await StartAsync(new SimulatorOptions { DoubleStack = true, Subs = 2, TimeScale = 20 }, telescope => telescope.TelescopeAddressText);
        using var client = await RawHttpClient.ConnectAsync(server.Port);
        foreach (var camera in (uint[])[MosaicCamera, RgbCamera])
        {
            await client.ExposeAsync(camera, 0);
        }

        return server;
    }

    /// <summary>Starts a telescope that stacks, and a server that knows it by the address given.</summary>
    public static async Task<BenchServer> StartAsync(SimulatorOptions options, Func<SeestarSimulator, string> address)
    {
        var telescope = await SeestarSimulator.StartAsync(
            options with { StartStacking = true, RtspPort = null }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var choice = new ServerOptions
        {
            LoopbackOnly = true,
            FindTelescopes = false,
            DiscoveryPort = 0,
            Data = Directory.CreateTempSubdirectory("seestaralpaca-benchmark-").FullName,
            Telescopes = [TelescopeAddress.Parse(address(telescope))],
        };
        var data = DataDirectory.Open(choice);
        var server = ServerHost.Build(choice, data, 0, TimeProvider.System);
        server.MapGet(EmptyPath, () => "");
        server.MapGet(BytesPath, SendAsync);
        await server.StartAsync();
        var bench = new BenchServer(data, server, telescope);
        using var wish = bench.Telescope.Session.Demand.Want(FrameWish.Stacks);
        for (var next = bench.Telescope.Session.Changed.Next; !bench.Telescope.Session.Snapshot.IsStackPresent; next = bench.Telescope.Session.Changed.Next)
        {
            await next.WaitAsync(TimeSpan.FromMinutes(2));
        }

        return bench;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        await _telescope.DisposeAsync();
        _data.Dispose();
        Directory.Delete(_data.Path, recursive: true);
    }

    private static async Task SendAsync(HttpContext context, long count)
    {
        context.Response.ContentLength = count;
        var memory = new byte[Piece];
        for (var left = count; left > 0; left -= Piece)
        {
            await context.Response.BodyWriter.WriteAsync(memory.AsMemory(0, (int)Math.Min(left, Piece)), context.RequestAborted);
        }
    }
}
