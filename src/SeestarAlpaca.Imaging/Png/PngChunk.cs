using System.Buffers.Binary;
using SeestarAlpaca.Imaging.Checksums;

namespace SeestarAlpaca.Imaging.Png;

/// <summary>The building block of PNG files: length, type, data, checksum of type and data.</summary>
internal static class PngChunk
{
    public static void Write(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var crc = default(Crc32);
        crc.Append(type);
        crc.Append(data);
        WriteNumber(stream, (uint)data.Length);
        stream.Write(type);
        stream.Write(data);
        WriteNumber(stream, crc.Value);
    }

    private static void WriteNumber(Stream stream, uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        stream.Write(bytes);
    }
}
