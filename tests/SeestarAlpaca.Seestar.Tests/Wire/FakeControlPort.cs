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

    /// <summary>Completes when the client has closed the connection.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

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
                var request = JsonNode.Parse(line)!.AsObject();
                var body = answers(request["method"]!.GetValue<string>(), request["params"]);
                _requests.Writer.TryWrite(request);
                if (body is not null)
                {
                    await ReplyAsync(request, body);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // One of the ends was closed.
        }
        finally
        {
            _requests.Writer.TryComplete();
        }
    }
}

/// <summary>How telescopes answer.</summary>
internal static class Telescopes
{
    public const string Done = "\"result\":0,\"code\":0";
    public const string Connected = "\"result\":\"server connected!\",\"code\":0";
    public const string NotFound = "\"error\":\"method not found\",\"code\":103";
    public const string Challenge = "\"result\":{\"str\":\"challenge-1234\"},\"code\":0";

    /// <summary>Firmware before 7.18: no authentication.</summary>
    public static Answers Unlocked(Func<string, string?> more) => (method, _) => method switch
    {
        "get_verify_str" => NotFound,
        "test_connection" => Connected,
        _ => more(method),
    };

    /// <summary>Locked firmware that answers heartbeats.</summary>
    public static string? Locked(string method, JsonNode? parameters) => method switch
    {
        "get_verify_str" => Challenge,
        "test_connection" => Connected,
        _ => null,
    };

    /// <summary>Locked firmware that ignores heartbeats.</summary>
    public static string? LockedAndDeaf(string method, JsonNode? parameters) => method == "get_verify_str" ? Challenge : null;
}
