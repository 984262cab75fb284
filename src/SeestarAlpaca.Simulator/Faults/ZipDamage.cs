using System.Buffers.Binary;
using SeestarAlpaca.Simulator.Images;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>Damages ZIP payloads in ways that a careless reader does not notice. Pure.</summary>
internal static class ZipDamage
{
    private const int EndLength = 22;
    private const int DirectoryOffsetAt = 16;
    private const int CrcAt = 16;
    private const int SizeAt = 20;

    /// <summary>The whole archive with another checksum than its bytes have.</summary>
    public static byte[] WrongCrc(FramePayload payload)
    {
        var archive = Copy(payload);
        archive[DirectoryOf(archive) + CrcAt] ^= 0x5A;
        return archive;
    }

    /// <summary>An archive whose deflate stream ends too early; everything else says that it is whole.</summary>
    /// <param name="payload">The archive.</param>
    /// <param name="part">How much of the stream is left, 0 to 1.</param>
    public static byte[] CutDeflate(FramePayload payload, double part)
    {
        var archive = Copy(payload);
        var directory = DirectoryOf(archive);
        var data = 30 + U16(archive, 26) + U16(archive, 28);
        var size = (int)BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(directory + SizeAt));
        var left = (int)(size * part);
        byte[] cut = [.. archive[..(data + left)], .. archive[(data + size)..]];
        directory -= size - left;
        BinaryPrimitives.WriteUInt32LittleEndian(cut.AsSpan(directory + SizeAt), (uint)left);
        BinaryPrimitives.WriteUInt32LittleEndian(cut.AsSpan(cut.Length - EndLength + DirectoryOffsetAt), (uint)directory);
        return cut;
    }

    private static int DirectoryOf(byte[] archive) =>
        (int)BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(archive.Length - EndLength + DirectoryOffsetAt));

    private static int U16(byte[] archive, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(offset));

    private static byte[] Copy(FramePayload payload)
    {
        var bytes = new byte[payload.Length];
        payload.Copy(0, bytes);
        return bytes;
    }
}
