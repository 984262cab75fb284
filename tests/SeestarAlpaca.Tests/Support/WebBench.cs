using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Support;

/// <summary>The whole server on loopback, with one telescope that is switched off.</summary>
internal sealed class WebBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataDirectory _data;

    private WebBench(ServerOptions options)
    {
        var complete = options with
        {
            LoopbackOnly = true,
            FindTelescopes = false,
            DiscoveryPort = 0,
            Data = _folder.Path,
            Telescopes = [TelescopeAddress.Parse("127.0.0.1;control=1;image=1;rtsp=1")],
        };
        _data = DataDirectory.Open(complete);
        Server = ServerHost.Build(complete, _data, port: 0, TimeProvider.System);
    }

    public WebApplication Server { get; }

    public HttpClient Http { get; private set; } = new();

    public Telescope Telescope => Assert.Single(Server.Services.GetRequiredService<TelescopeRegistry>().Telescopes);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<WebBench> StartAsync(ServerOptions? options = null)
    {
        var bench = new WebBench(options ?? new ServerOptions());
        await bench.Server.StartAsync(Token);
        bench.Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{ServerHost.PortOf(bench.Server)}/"),
        };
        return bench;
    }

    /// <summary>Asks; headers are given as <c>Name: value</c>.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, params string[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var header in headers)
        {
            var parts = header.Split(": ", 2);
            request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        return Http.SendAsync(request, Token);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params string[] headers) => AskAsync(HttpMethod.Get, path, headers);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.StopAsync(CancellationToken.None);
        await Server.DisposeAsync();
        _data.Dispose();
        _folder.Dispose();
    }
}
