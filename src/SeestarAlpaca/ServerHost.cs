using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SeestarAlpaca.Alpaca;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Management;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Discovery;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Png;
using SeestarAlpaca.Live;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Video;
using SeestarAlpaca.Web;
using SessionOptions = SeestarAlpaca.Seestar.Session.SessionOptions;

namespace SeestarAlpaca;

/// <summary>Puts the server together: what there is, in one place.</summary>
internal static class ServerHost
{
    /// <summary>Makes a server that is not running yet.</summary>
    /// <param name="options">What the user has chosen.</param>
    /// <param name="data">Where state is kept; outlives the server.</param>
    /// <param name="port">TCP port; 0 for any free one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="configuration">The section Logging is read from it; null for none.</param>
    public static WebApplication Build(ServerOptions options, DataDirectory data, int port, TimeProvider time, IConfiguration? configuration = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ServerLogging.Configure(builder.Logging);
        if (configuration is not null)
        {
            builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        }

        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, options.LoopbackOnly, port);
        });

        AddServices(builder.Services, options, data, time);
        var server = builder.Build();
        server.UseMiddleware<PageGuard>();
        server.MapAlpaca();
        server.MapStatus();
        server.MapCameraSetup();
        server.MapAccess();
        server.MapLive();
        server.MapPages();
        return server;
    }

    /// <summary>The TCP port that a running server listens on.</summary>
    public static int PortOf(WebApplication server) => PortOf(server.Services.GetRequiredService<IServer>());

    /// <summary>The TCP port that a running server listens on.</summary>
    public static int PortOf(IServer server) => new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port;

    private static void AddServices(IServiceCollection services, ServerOptions options, DataDirectory data, TimeProvider time)
    {
        services.AddRoutingCore();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton(new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        services.AddSingleton(new AlpacaServerInfo(options.Demo ? "SeestarAlpaca (simulated telescope)" : "SeestarAlpaca", "SeestarAlpaca", ServerVersion.Text, options.Location));

        services.AddSingleton(new SessionOptions
        {
            Events = options.Events,
            KeepWatching = options.KeepWatching,
            MaxStackAge = options.MaxStackAge,
            PrivateKeyPem = ServerOptionsReader.ReadKey(options),
        });
        services.AddSingleton(provider => new IdentityStore(data.File("telescopes.json"), provider.GetRequiredService<ILogger<IdentityStore>>(), options.Formats));
        services.AddSingleton<ITelescopeFinder>(provider => TelescopeFinders.Create(time, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ISerialNumberFinder>(provider => TelescopeFinders.CreateSerialNumberFinder(time, provider.GetRequiredService<ILoggerFactory>()));
        if (options.Record is { } file)
        {
            services.AddSingleton(provider =>
                TrafficRecorder.Start(file, $"SeestarAlpaca {ServerVersion.Text}", time, provider.GetRequiredService<ILogger<TrafficRecorder>>()));
        }

        services.AddSingleton<TransportFactory>(provider => provider.GetService<TrafficRecorder>() is { } recorder
            ? address => new RecordingTransport(Transport(address), recorder)
            : Transport);
        services.AddSingleton<TelescopeRegistry>();
        services.AddHostedService(provider => provider.GetRequiredService<TelescopeRegistry>());
        services.AddHostedService<TelescopeSearch>();
        services.AddHostedService<IdleMemory>();

        services.AddSingleton<CameraCatalog>();
        services.AddSingleton<IDeviceCatalog>(provider => provider.GetRequiredService<CameraCatalog>());
        services.AddAlpaca();
        services.AddSingleton<DiscoveryService>();
        services.AddHostedService(provider => provider.GetRequiredService<DiscoveryService>());

        services.AddSingleton<IPictureEncoder>(new PngEncoder());
        services.AddSingleton<PagePictures>();
        services.AddSingleton<ViewerPresence>();
        services.AddSingleton<RtspProbe>();

        ITelescopeTransport Transport(TelescopeAddress address) => new TcpTransport(address.Host, time, address.ControlPort, address.ImagePort, address.WidePort);
    }

    private static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, bool loopbackOnly, int port)
    {
        if (!loopbackOnly)
        {
            kestrel.ListenAnyIP(port);
        }
        else if (port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, port);
        }
        else
        {
            kestrel.ListenLocalhost(port);
        }
    }
}
