using System.IO.Compression;
using SeestarAlpaca.Imaging.Checksums;

namespace SeestarAlpaca.Seestar.Tests.Images;

/// <summary>Builds a telescope's ZIP payload (<c>seestar-protocol.md</c> §5.5), right or wrong on purpose.</summary>
internal sealed record ZipBytes(byte[] Content)
{
    public ushort Method { get; init; } = 8;

    public ushort Flags { get; init; } = 8;

    public uint? Crc { get; init; }

    public long? Size { get; init; }

    public ushort Entries { get; init; } = 1;

    /// <summary>Bytes left out at the end of the deflate stream.</summary>
    public int Missing { get; init; }

    /// <summary>Whether sizes, offset and count are in ZIP64 records, and nowhere else.</summary>
    public bool Zip64 { get; init; }

    /// <summary>The value of the ZIP64 locator; null for the right one.</summary>
    public ulong? End64Offset { get; init; }

    public byte[] Build()
    {
        var deflated = Deflate(Content);
        var data = deflated.AsSpan(0, deflated.Length - Missing);
        var (crc, size) = (Crc ?? Crc32.Of(Content), Size ?? Content.Length);
        var output = new MemoryStream();
        using var writer = new BinaryWriter(output);

        writer.Write(0x04034B50);
        WriteVersionFlagsMethodTime(writer);
        writer.Write([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        WriteName(writer, extra: 0);
        writer.Write("raw_data"u8);
        writer.Write(data);
        writer.Write(0x08074B50);
        writer.Write(crc);
        writer.Write(data.Length);
        writer.Write((int)size);

        var central = output.Position;
        writer.Write(0x02014B50);
        writer.Write((ushort)45);
        WriteVersionFlagsMethodTime(writer);
        writer.Write(crc);
        writer.Write(Zip64 ? uint.MaxValue : (uint)data.Length);
        writer.Write(Zip64 ? uint.MaxValue : (uint)size);
        WriteName(writer, extra: Zip64 ? 20 : 0);
        writer.Write(new byte[14]);
        writer.Write("raw_data"u8);
        if (Zip64)
        {
            writer.Write((ushort)1);
            writer.Write((ushort)16);
            writer.Write(size);
            writer.Write((long)data.Length);
        }

        var length = output.Position - central;
        if (Zip64)
        {
            WriteEnd64(writer, central, length);
        }

        writer.Write(0x06054B50);
        writer.Write(0);
        writer.Write(Zip64 ? ushort.MaxValue : Entries);
        writer.Write(Zip64 ? ushort.MaxValue : Entries);
        writer.Write((uint)length);
        writer.Write(Zip64 ? uint.MaxValue : (uint)central);
        writer.Write((ushort)0);
        return output.ToArray();
    }

    private static byte[] Deflate(byte[] content)
    {
        if (content.Length == 0)
        {
            // .NET writes no stream at all for nothing; this is its one empty block.
            return [3, 0];
        }

        var output = new MemoryStream();
        using (var deflater = new DeflateStream(output, CompressionLevel.Fastest))
        {
            deflater.Write(content);
        }

        return output.ToArray();
    }

    private static void WriteName(BinaryWriter writer, int extra)
    {
        writer.Write((ushort)8);
        writer.Write((ushort)extra);
    }

    private void WriteVersionFlagsMethodTime(BinaryWriter writer)
    {
        writer.Write((ushort)45);
        writer.Write(Flags);
        writer.Write(Method);
        writer.Write(0);
    }

    private void WriteEnd64(BinaryWriter writer, long central, long length)
    {
        var end64 = (ulong)writer.BaseStream.Position;
        writer.Write(0x06064B50);
        writer.Write(44L);
        writer.Write((ushort)45);
        writer.Write((ushort)45);
        writer.Write(0L);
        writer.Write((long)Entries);
        writer.Write((long)Entries);
        writer.Write(length);
        writer.Write(central);

        writer.Write(0x07064B50);
        writer.Write(0);
        writer.Write(End64Offset ?? end64);
        writer.Write(1);
    }
}
