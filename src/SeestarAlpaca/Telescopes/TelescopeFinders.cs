using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Telescopes;

/// <summary>All ways of finding telescopes, put together.</summary>
internal static class TelescopeFinders
{
    /// <summary>How the network is searched.</summary>
    public static DiscoveryOptions Options { get; } = new();

    public static TelescopeDiscovery Create(TimeProvider time, ILoggerFactory loggers)
    {
        var interfaces = new SystemNetworkInterfaces();
        ITelescopeFinder[] finders =
        [
            new MdnsFinder(new MulticastDns(interfaces, Options, time, loggers.CreateLogger<MulticastDns>()), Options),
            new ResolverFinder(new SystemResolver().ResolveAsync, Options, time),
            CreateScan(time, loggers),
            new AccessPointFinder(interfaces),
        ];
        return new TelescopeDiscovery(finders, Options, time, loggers.CreateLogger<TelescopeDiscovery>());
    }

    public static ScanFinder CreateScan(TimeProvider time, ILoggerFactory loggers) =>
        new(new SystemNetworkInterfaces(), Options, time, loggers.CreateLogger<ScanFinder>());

    /// <summary>Telescopes are in the local network: no proxy leads there, and what they redirect to is none of our business.</summary>
    public static SerialNumberFinder CreateSerialNumberFinder(TimeProvider time, ILoggerFactory loggers) =>
        new(CreateScan(time, loggers), Options, new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }), time);
}
