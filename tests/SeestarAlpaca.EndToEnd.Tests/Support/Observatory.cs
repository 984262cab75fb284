using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.EndToEnd.Tests.Support;

/// <summary>A server and its simulated telescopes on loopback, everything real but the sky and, where wanted, the server's clock.</summary>
internal sealed class Observatory : IAsyncDisposable
{
    /// <summary>Small pictures and a fast telescope: a sub takes about a quarter of a second.</summary>
    public static readonly SimulatorOptions FastTelescope = new() { Size = new PictureSize(108, 192), TimeScale = 50, StartStacking = true };

    private readonly DataDirectory _data;
    private readonly bool _isDataOurs;
    private readonly HttpClient _http;
    private readonly List<IDisposable> _looking = [];

    private Observatory(DataDirectory data, bool isDataOurs, WebApplication server, IReadOnlyList<SeestarSimulator> simulators)
    {
        (_data, _isDataOurs, Server, Simulators) = (data, isDataOurs, server, simulators);
        Options = server.Services.GetRequiredService<ServerOptions>();
        Address = new Uri($"http://127.0.0.1:{ServerHost.PortOf(server)}/");
        _http = new HttpClient { BaseAddress = Address };
    }

    public WebApplication Server { get; }

    public IReadOnlyList<SeestarSimulator> Simulators { get; }

    public SeestarSimulator Simulator => Simulators[0];

    public Uri Address { get; }

    public HttpClient Http => _http;

    /// <summary>Methods that this test itself sends to its telescopes' control ports, besides the server.</summary>
    public IReadOnlyCollection<string> OtherMethods { get; set; } = [];

    public ServerOptions Options { get; }

    /// <summary>Ends when discovery requests are answered.</summary>
    public Task Discovery => Server.Services.GetRequiredService<SeestarAlpaca.Discovery.DiscoveryService>().Bound;

    public TelescopeRegistry Registry => Server.Services.GetRequiredService<TelescopeRegistry>();

    public Telescope Telescope => Registry.Telescopes[0];

    /// <summary>Starts telescopes and a server that knows them.</summary>
    public static async Task<Observatory> StartAsync(
        IReadOnlyList<SimulatorOptions>? telescopes = null, ServerOptions? options = null, TimeProvider? time = null, string? data = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var simulators = new List<SeestarSimulator>();
        foreach (var telescope in telescopes ?? [FastTelescope])
        {
            simulators.Add(await SeestarSimulator.StartAsync(telescope, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken));
        }

        return await StartServerAsync(simulators, options, time, data, cancellationToken);
    }

    /// <summary>Starts a server that knows telescopes which run already; they end with it.</summary>
    public static async Task<Observatory> StartServerAsync(
        IReadOnlyList<SeestarSimulator> simulators, ServerOptions? options, TimeProvider? time, string? data, CancellationToken cancellationToken)
    {
        var complete = (options ?? new ServerOptions { Grace = TimeSpan.FromSeconds(0.5) }) with
        {
            LoopbackOnly = true,
            FindTelescopes = false,
            DiscoveryPort = options?.DiscoveryPort is { } port and not 32227 ? port : 0,
            Data = data ?? Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName,
            Telescopes = [.. options?.Telescopes ?? [], .. simulators.Select(simulator => TelescopeAddress.Parse(simulator.TelescopeAddressText))],
        };
        var directory = DataDirectory.Open(complete);
        var server = ServerHost.Build(complete, directory, 0, time ?? TimeProvider.System);
        await server.StartAsync(cancellationToken);
        return new Observatory(directory, data is null, server, simulators);
    }

    /// <summary>A client of a camera of the first telescope.</summary>
    public AlpacaClient Client(uint camera, uint id) => new(_http, camera, id);

    /// <summary>Looks at a telescope, the first if none is named, as a browser does, until its stack of at least so many exposures is held.</summary>
    public async Task LookAsync(int frames = 1, Telescope? at = null)
    {
        var seen = at ?? Telescope;
        _looking.Add(seen.Session.Demand.Want(FrameWish.Stacks));
        await WaitAsync(telescope => telescope.Session.Snapshot is { IsStackPresent: true } snapshot && snapshot.Stack!.Frames >= frames, seen);
    }

    /// <summary>Waits until something is the case that the session's changes lead to.</summary>
    public async Task WaitAsync(Func<Telescope, bool> holds, Telescope? telescope = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        while (true)
        {
            var seen = telescope ?? Telescope;
            var next = seen.Session.Changed.Next;
            if (holds(seen))
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _looking.ForEach(wish => wish.Dispose());
        await Server.StopAsync(CancellationToken.None);
        await Server.DisposeAsync();
        _data.Dispose();
        if (_isDataOurs)
        {
            Directory.Delete(_data.Path, recursive: true);
        }

        foreach (var simulator in Simulators)
        {
            Manners.AssertKept(simulator, Options.AllowControl, OtherMethods);
            await simulator.DisposeAsync();
        }
    }

    /// <summary>A TCP port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
