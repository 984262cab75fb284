using SeestarAlpaca.EndToEnd.Tests.Support;

namespace SeestarAlpaca.EndToEnd.Tests.Conformance;

/// <summary>A client that stays connected to a camera and exposes and downloads, one after the other, until it is told to end.</summary>
internal sealed class BusyClient
{
    private readonly AlpacaClient _client;
    private readonly Task _work;
    private int _pictures;
    private volatile bool _isEnding;

    private BusyClient(AlpacaClient client)
    {
        _client = client;
        _work = WorkAsync();
    }

    /// <summary>How many pictures it has downloaded.</summary>
    public int Pictures => Volatile.Read(ref _pictures);

    /// <summary>Connects and begins.</summary>
    public static async Task<BusyClient> StartAsync(AlpacaClient client)
    {
        await client.ConnectAsync();
        return new BusyClient(client);
    }

    /// <summary>Ends after the picture under way; fails when anything was refused meanwhile, or the client is not connected any more.</summary>
    public async Task EndAsync()
    {
        _isEnding = true;
        await _work;
        Assert.True((await _client.GetAsync("connected")).Value.GetBoolean());
    }

    private async Task WorkAsync()
    {
        while (!_isEnding)
        {
            AlpacaClient.Require(await _client.ExposeAsync(0.3));
            await _client.DownloadBytesAsync();
            Interlocked.Increment(ref _pictures);
        }
    }
}
