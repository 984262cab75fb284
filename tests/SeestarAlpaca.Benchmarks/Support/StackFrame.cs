using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>A stack as a telescope sends it: header and ZIP archive.</summary>
/// <param name="Bytes">The whole frame.</param>
internal sealed record StackFrame(byte[] Bytes)
{
    /// <summary>Bytes of a frame's header.</summary>
    public const int HeaderLength = 80;

    /// <summary>The deflated samples and the archive's end; an inflater stops between the two by itself.</summary>
    public MemoryStream OpenDeflated()
    {
        var local = Bytes.AsSpan(HeaderLength);
        var start = HeaderLength + 30 + BinaryPrimitives.ReadUInt16LittleEndian(local[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        return new MemoryStream(Bytes, start, Bytes.Length - start, writable: false);
    }

    /// <summary>Asks a simulated telescope for its stack of two exposures.</summary>
    public static async Task<StackFrame> FetchAsync(SimulatorOptions telescope)
    {
        await using var simulator = await SeestarSimulator.StartAsync(
            telescope with { StartStacking = true, Subs = 2, TimeScale = 20, RtspPort = null }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await simulator.WaitForStackedFrameAsync(2, CancellationToken.None);
        using var client = new TcpClient();
        await client.ConnectAsync(simulator.ImageEndPoint);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("{\"id\":23,\"method\":\"get_stacked_img\"}\r\n"));
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header);
        var frame = new byte[HeaderLength + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(6))];
        header.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(HeaderLength));
        return new StackFrame(frame);
    }
}
