using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace SeestarAlpaca.Testing;

/// <summary>A second reading of the PNG specification: takes a file apart and checks every chunk's checksum bit by bit.</summary>
public sealed record PngFile(int Width, int Height, int BitsPerSample, int SamplesPerPixel, byte[] Samples, IReadOnlyList<int> DataLengths)
{
    public static PngFile Read(byte[] file)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], file[..8]);
        var chunks = Chunks(file[8..]).ToList();
        Assert.Equal("IHDR", chunks[0].Type);
        Assert.All(chunks[1..^1], chunk => Assert.Equal("IDAT", chunk.Type));
        Assert.Equal(("IEND", 0), (chunks[^1].Type, chunks[^1].Data.Length));

        var header = chunks[0].Data;
        Assert.Equal(13, header.Length);
        Assert.Equal([0, 0, 0], header[10..]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        var samplesPerPixel = header[9] switch
        {
            0 => 1,
            2 => 3,
            var other => throw new InvalidDataException($"Colour type {other}"),
        };
        var data = Inflate([.. chunks[1..^1].SelectMany(chunk => chunk.Data)]);
        return new PngFile(
            width, height, header[8], samplesPerPixel, Unfilter(data, height, header[8] / 8 * samplesPerPixel), [.. chunks[1..^1].Select(c => c.Data.Length)]);
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i));
            var checkedPart = bytes[(i + 4)..(i + 8 + length)];
            Assert.Equal(Crc(checkedPart), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i + 8 + length)));
            yield return (Encoding.ASCII.GetString(checkedPart, 0, 4), checkedPart[4..]);
            i += 12 + length;
        }
    }

    private static uint Crc(byte[] bytes) => ~bytes.SelectMany(value => Enumerable.Range(0, 8).Select(bit => (uint)(value >> bit) & 1))
        .Aggregate(uint.MaxValue, (crc, bit) => ((crc ^ bit) & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1);

    private static byte[] Inflate(byte[] data)
    {
        using var inflated = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static byte[] Unfilter(byte[] data, int height, int bytesPerPixel)
    {
        var rowLength = (data.Length / height) - 1;
        Assert.Equal(data.Length, height * (rowLength + 1));
        var result = new byte[height * rowLength];
        for (var i = 0; i < result.Length; i++)
        {
            var (y, x) = (i / rowLength, i % rowLength);
            var left = x < bytesPerPixel ? 0 : result[i - bytesPerPixel];
            var above = y == 0 ? 0 : result[i - rowLength];
            var predicted = data[y * (rowLength + 1)] switch
            {
                0 => 0,
                1 => left,
                2 => above,
                3 => (left + above) / 2,
                var other => throw new InvalidDataException($"Filter {other}"),
            };
            result[i] = (byte)(data[(y * (rowLength + 1)) + 1 + x] + predicted);
        }

        return result;
    }
}
