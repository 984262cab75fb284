using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SeestarAlpaca.Simulator.Tests.Clients;

/// <summary>The client's side of a control port, line by line.</summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();
    private StreamReader _reader = StreamReader.Null;

    /// <summary>The events that were passed over while waiting for replies.</summary>
    public List<string> Events { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ControlClient> ConnectAsync(IPEndPoint endPoint, bool readVersion = true)
    {
        var client = new ControlClient();
        await client._client.ConnectAsync(endPoint, Token);
        client._reader = new StreamReader(client._client.GetStream(), Encoding.UTF8);
        if (readVersion)
        {
            Assert.Contains("\"Version\"", await client.ReadLineAsync());
        }

        return client;
    }

    public Task SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), Token).AsTask();

    public async Task<string> AskAsync(string request)
    {
        await SendAsync(request + "\r\n");
        return await ReplyAsync();
    }

    public async Task<JsonElement> ResultAsync(string request) =>
        JsonDocument.Parse(await AskAsync(request)).RootElement.GetProperty("result");

    /// <summary>The next line that is a reply.</summary>
    public async Task<string> ReplyAsync()
    {
        while (true)
        {
            var line = await ReadLineAsync();
            if (!line.StartsWith("{\"Event\"", StringComparison.Ordinal))
            {
                return line;
            }

            Events.Add(line);
        }
    }

    /// <summary>All events up to one that has all the texts, without those that report power.</summary>
    public async Task<List<WireEvent>> EventsUntilAsync(params string[] texts)
    {
        var events = new List<WireEvent>();
        while (true)
        {
            var line = await ReadLineAsync();
            if (line.StartsWith("{\"Event\"", StringComparison.Ordinal) && !line.Contains("PiStatus", StringComparison.Ordinal))
            {
                events.Add(new WireEvent(line));
            }

            if (texts.All(text => line.Contains(text, StringComparison.Ordinal)))
            {
                return events;
            }
        }
    }

    public async Task<string> ReadLineAsync() =>
        await _reader.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token) ?? throw new EndOfStreamException("The telescope closed the connection.");

    /// <summary>Waits for the telescope to close or reset the connection.</summary>
    public async Task EndAsync()
    {
        try
        {
            while (await _reader.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token) is not null)
            {
            }
        }
        catch (IOException)
        {
            // A reset.
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }
}

/// <summary>An event line.</summary>
internal sealed class WireEvent(string line)
{
    private readonly JsonElement _root = JsonDocument.Parse(line).RootElement;

    public string Line => line;

    public double Seconds => double.Parse(_root.GetProperty("Timestamp").GetString()!);

    /// <summary>Name and state, and the page of a step event or the code of a fault.</summary>
    public string Summary => string.Join(' ', new[] { Text("Event"), Text("page"), Text("state") }.Where(part => part.Length > 0));

    public JsonElement this[string name] => _root.GetProperty(name);

    private string Text(string name) => _root.TryGetProperty(name, out var value) ? value.ToString() : "";
}
