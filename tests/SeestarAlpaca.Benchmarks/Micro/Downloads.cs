using BenchmarkDotNet.Attributes;
using SeestarAlpaca.Benchmarks.Support;

namespace SeestarAlpaca.Benchmarks.Micro;

/// <summary>ImageArray as ImageBytes, 49.8 MB, against the same web server sending as many bytes from memory in pieces of 64 KiB.</summary>
public class ImageBytesDownload : Downloads
{
    [Benchmark(Baseline = true)]
    public Task<long> BytesFromMemoryAsync() => Client.GetAsync($"{BenchServer.BytesPath}?count={ImageLength}");

    [Benchmark]
    public Task<long> ImageBytesAsync() => Client.DownloadAsync(BenchServer.RgbCamera);

    private const long ImageLength = 44 + (2160L * 3840 * 3 * 2);
}

/// <summary>ImageArray of 8.3 megapixels as JSON, against the same web server sending as many bytes from memory.</summary>
public class JsonDownload : Downloads
{
    private long _length;

    /// <summary>Finds out how long the text is.</summary>
    [GlobalSetup(Targets = [nameof(BytesFromMemoryAsync), nameof(JsonAsync)])]
    public async Task MeasureAsync()
    {
        await SetUpAsync();
        _length = await JsonAsync();
    }

    [Benchmark(Baseline = true)]
    public Task<long> BytesFromMemoryAsync() => Client.GetAsync($"{BenchServer.BytesPath}?count={_length}");

    [Benchmark]
    public Task<long> JsonAsync() => Client.GetAsync($"{BenchServer.CameraPath(BenchServer.MosaicCamera, "imagearray")}?ClientID={Client.Id}");
}

/// <summary>A server with a stack of 2160 × 3840 pixels, and a client that reads and forgets.</summary>
public abstract class Downloads : IAsyncDisposable
{
    private BenchServer? _server;
    private RawHttpClient? _client;

    private protected RawHttpClient Client => _client!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _server = await BenchServer.StartAsync();
        _client = await RawHttpClient.ConnectAsync(_server.Port);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        GC.SuppressFinalize(this);
    }
}
