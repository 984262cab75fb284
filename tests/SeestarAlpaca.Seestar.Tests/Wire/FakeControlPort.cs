using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace SeestarAlpaca.Seestar.Tests.Wire;

/// <summary>What a telescope says to a request: <c>"result":…,"code":0</c> or <c>"error":…,"code":n</c>; null for nothing at all.</summary>
internal delegate string? Answers(string method, JsonNode? parameters);

/// <summary>The telescope's end of a connection to its control port: notes every request, answers as told, and sends what a test wants sent.</summary>
internal sealed class FakeControlPort(PipeEnd stream, Answers answers) : IDisposable
{
    private readonly Channel<JsonObject> _requests = Channel.CreateUnbounded<JsonObject>();
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>All requests, in their order.</summary>
    public ChannelReader<JsonObject> Requests => _requests.Reader;

    /// <summary>The heartbeats among them.</summary>
    public Beats Beats { get; } = new();

    /// <summary>Completes when one of the ends was closed.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Completes when the client has closed its end.</summary>
    public Task HungUp => stream.Peer!.Closed;

    public FakeControlPort Start()
    {
        Ended = RunAsync();
        return this;
    }

    /// <summary>The next request with this method; others before it are skipped.</summary>
    public async Task<JsonObject> NextAsync(string method, CancellationToken cancellationToken)
    {
        while (true)
        {
            var request = await _requests.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
            if (request["method"]!.GetValue<string>() == method)
            {
                return request;
            }
        }
    }

    /// <summary>The methods of all requests that have come and were not looked at.</summary>
    public string[] TakeMethods()
    {
        var methods = new List<string>();
        while (_requests.Reader.TryRead(out var request))
        {
            methods.Add(request["method"]!.GetValue<string>());
        }

        return [.. methods];
    }

    /// <summary>Sends a line; the client has taken it when this returns.</summary>
    public Task SendAsync(string line) => SendBytesAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    public async Task SendBytesAsync(byte[] bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await stream.WriteAsync(bytes);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Answers a request, whatever <see cref="Answers"/> said to it.</summary>
    public Task ReplyAsync(JsonObject request, string body) =>
        SendAsync($$"""{"jsonrpc":"2.0","Timestamp":"100.000000000","method":"{{request["method"]}}",{{body}},"id":{{request["id"]}}}""");

    public void Close() => stream.Dispose();

    public void Reset() => stream.Reset();

    /// <summary>Sends nothing more, but still reads.</summary>
    public void Finish() => stream.Finish();

    public void Dispose()
    {
        stream.Dispose();
        _writing.Dispose();
    }

    private async Task RunAsync()
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                await TakeAsync(JsonNode.Parse(line)!.AsObject());
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // One of the ends was closed.
        }
        finally
        {
            _requests.Writer.TryComplete();
            Beats.End();
        }
    }

    private async Task TakeAsync(JsonObject request)
    {
        var method = request["method"]!.GetValue<string>();
        var body = answers(method, request["params"]);
        _requests.Writer.TryWrite(request);
        if (body is not null)
        {
            await ReplyAsync(request, body);
        }

        if (method == "test_connection")
        {
            Beats.Beat();
        }
    }
}
