using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using SeestarAlpaca.Benchmarks.Support;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.Benchmarks.Micro;

/// <summary>A stack of 2160 × 3840 pixels: read from a socket, inflated, checked and put into a picture; against inflating the same bytes alone.</summary>
public class StackDecode : IDisposable
{
    private readonly PixelPool _pool = new(retained: 2);
    private readonly byte[] _chunk = new byte[128 << 10];
    private StackFrame _frame = new([]);
    private LoopbackPipe? _pipe;
    private FrameReader? _reader;
    private FrameDecoder? _decoder;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _frame = await StackFrame.FetchAsync(new SimulatorOptions { DoubleStack = true });
        _pipe = await LoopbackPipe.OpenAsync();
        _reader = new FrameReader(_pipe.Far);
        _decoder = new FrameDecoder(_pool);
    }

    [Benchmark(Baseline = true)]
    public long InflateAlone()
    {
        using var inflater = new DeflateStream(_frame.OpenDeflated(), CompressionMode.Decompress);
        var total = 0L;
        for (int read; (read = inflater.Read(_chunk)) > 0;)
        {
            total += read;
        }

        return total;
    }

    [Benchmark]
    public async Task<int> DecodeFromSocketAsync()
    {
        var sending = _pipe!.Near.WriteAsync(_frame.Bytes);
        var message = (FrameMessage)(await _reader!.ReadAsync(CancellationToken.None))!;
        using var picture = await _decoder!.DecodeAsync(message.Header, message.Payload, BayerPhase.Grbg, CancellationToken.None);
        await sending;
        return picture.Width;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _pipe?.Dispose();
        GC.SuppressFinalize(this);
    }
}
