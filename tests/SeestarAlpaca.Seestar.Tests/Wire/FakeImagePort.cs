using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Tests.Images;

namespace SeestarAlpaca.Seestar.Tests.Wire;

/// <summary>The telescope's end of a connection to its image port: answers heartbeats, notes everything else, and sends what a test wants sent.</summary>
internal sealed class FakeImagePort(PipeEnd stream) : IDisposable
{
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    private readonly SemaphoreSlim _writing = new(1);
    private bool _isMute;

    /// <summary>The heartbeats.</summary>
    public Beats Beats { get; } = new();

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public FakeImagePort Start()
    {
        Ended = RunAsync();
        return this;
    }

    /// <summary>From now on heartbeats are not answered.</summary>
    public void FallSilent() => Volatile.Write(ref _isMute, true);

    /// <summary>The next request but heartbeats.</summary>
    public Task<string> NextAsync(CancellationToken cancellationToken) =>
        _requests.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);

    /// <summary>All requests but heartbeats that have come and were not looked at.</summary>
    public string[] TakeRequests()
    {
        var requests = new List<string>();
        while (_requests.Reader.TryRead(out var request))
        {
            requests.Add(request);
        }

        return [.. requests];
    }

    /// <summary>Sends bytes; the client has taken them when this returns.</summary>
    public async Task SendAsync(byte[] bytes)
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
                await TakeAsync(JsonNode.Parse(line)!.AsObject()["method"]!.GetValue<string>());
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

    private async Task TakeAsync(string method)
    {
        if (method != "test_connection")
        {
            _requests.Writer.TryWrite(method);
            return;
        }

        if (!Volatile.Read(ref _isMute))
        {
            await SendAsync(FrameBytes.Text(ImageText.Connected, 2));
        }

        Beats.Beat();
    }
}
