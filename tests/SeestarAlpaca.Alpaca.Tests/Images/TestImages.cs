using System.Buffers.Binary;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Tests.Images;

/// <summary>Images whose samples tell where they belong.</summary>
internal static class TestImages
{
    /// <summary>Samples of all lengths, different from place to place.</summary>
    public static ushort Sample(int x, int y, int plane) => (ushort)(((x * 7919) + (y * 104729) + (plane * 31)) >> (x % 16));

    public static AlpacaImage Make(int width, int height, int planes = 1, IDisposable? owner = null)
    {
        var samples = new ushort[width * height * planes];
        ForEach(width, height, planes, (x, y, plane, i) => samples[i] = Sample(x, y, plane));
        return new AlpacaImage(width, height, planes, samples, owner);
    }

    /// <summary>The body of ImageBytes behind its header, as the format has it.</summary>
    public static byte[] Bytes(int width, int height, int planes = 1)
    {
        var bytes = new byte[2 * width * height * planes];
        ForEach(width, height, planes, (x, y, plane, i) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), Sample(x, y, plane)));
        return bytes;
    }

    private static void ForEach(int width, int height, int planes, Action<int, int, int, int> visit)
    {
        var i = 0;
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var plane = 0; plane < planes; plane++)
                {
                    visit(x, y, plane, i++);
                }
            }
        }
    }
}

/// <summary>Signals the end of a lease.</summary>
internal sealed class Lease : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    public void Dispose() => _ended.SetResult();
}
