using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Management;

namespace SeestarAlpaca.Alpaca.Tests.Fakes;

/// <summary>The Alpaca layer on a real Kestrel on 127.0.0.1, and a client to talk to it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, LogCollector log)
    {
        (_app, Log) = (app, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public LogCollector Log { get; }

    public EndPoint EndPoint => new IPEndPoint(IPAddress.Loopback, Client.BaseAddress!.Port);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<TestServer> StartAsync(params IAlpacaDevice[] devices) => StartAsync(new FakeCatalog(devices));

    public static async Task<TestServer> StartAsync(IDeviceCatalog catalog)
    {
        var log = new LogCollector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton(catalog);
        builder.Services.AddSingleton(new AlpacaServerInfo("Test server", "Nobody", "1.2.3", "Nowhere"));
        builder.Services.AddAlpaca();
        var app = builder.Build();
        app.MapAlpaca();
        await app.StartAsync(Token);
        return new TestServer(app, log);
    }

    public async Task<Reply> SendAsync(HttpMethod verb, string address, string? form = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(verb, address);
        if (form is not null)
        {
            request.Content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        change?.Invoke(request);
        using var response = await Client.SendAsync(request, Token);
        return new Reply(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            response.Content.Headers.ContentLength,
            await response.Content.ReadAsByteArrayAsync(Token));
    }

    public Task<Reply> GetAsync(string member, string query = "", string accept = "", string agent = "") =>
        SendAsync(
            HttpMethod.Get,
            $"/api/v1/camera/0/{member}{(query == "" ? "" : "?" + query)}",
            change: request =>
            {
                request.Headers.TryAddWithoutValidation("Accept", accept);
                request.Headers.TryAddWithoutValidation("User-Agent", agent);
            });

    public Task<Reply> PutAsync(string member, string form = "") => SendAsync(HttpMethod.Put, $"/api/v1/camera/0/{member}", form);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
internal sealed record Reply(HttpStatusCode Status, string? ContentType, long? ContentLength, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Value => Of("Value").GetRawText();

    public int ErrorNumber => Of("ErrorNumber").GetInt32();

    public string ErrorMessage => Of("ErrorMessage").GetString()!;

    public uint ClientTransaction => Of("ClientTransactionID").GetUInt32();

    public uint ServerTransaction => Of("ServerTransactionID").GetUInt32();

    private JsonElement Of(string key) => Json.GetProperty(key);

    /// <summary>Succeeded as HTTP and as ASCOM.</summary>
    public Reply Succeeded()
    {
        Assert.Equal(HttpStatusCode.OK, Status);
        Assert.Equal((0, ""), (ErrorNumber, ErrorMessage));
        return this;
    }

    /// <summary>Not understood: plain text, and no stack trace.</summary>
    public Reply Refused(HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal(status, Status);
        Assert.StartsWith("text/plain", ContentType, StringComparison.Ordinal);
        Assert.NotEmpty(Body);
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        return this;
    }
}

/// <summary>Keeps what was logged.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public IReadOnlyList<(LogLevel Level, string Text)> Entries => [.. _entries];

    public ILogger CreateLogger(string categoryName) => new Collector(_entries);

    public void Dispose()
    {
    }

    private sealed class Collector(ConcurrentQueue<(LogLevel Level, string Text)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((logLevel, $"{formatter(state, exception)} {exception?.Message}"));
    }
}
