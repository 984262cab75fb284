using System.Buffers.Binary;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>
/// What a frame's ZIP archive says about its one entry. Sizes and checksum are read from the directory at the end: the local header has none of
/// them, and the width of the data descriptor is not known (<c>seestar-protocol.md</c> §5.5).
/// </summary>
/// <param name="Crc32">Checksum of the uncompressed bytes.</param>
/// <param name="Size">Number of uncompressed bytes.</param>
public readonly record struct ZipDirectory(uint Crc32, long Size)
{
    /// <summary>Bytes of a local header before name and extra field.</summary>
    public const int LocalHeaderLength = 30;

    private const uint LocalHeader = 0x04034B50;
    private const uint CentralHeader = 0x02014B50;
    private const uint End = 0x06054B50;
    private const uint End64 = 0x06064B50;
    private const uint End64Locator = 0x07064B50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;

    /// <summary>Bytes of name and extra field between a local header and the deflate stream.</summary>
    /// <param name="header">The first <see cref="LocalHeaderLength"/> bytes of the archive.</param>
    /// <exception cref="InvalidDataException">No ZIP archive, or one that is not deflated.</exception>
    public static int SkipToData(ReadOnlySpan<byte> header)
    {
        Require(U32(header, 0) == LocalHeader, $"A ZIP payload starts with 504B0304, not {BinaryPrimitives.ReadUInt32BigEndian(header):X8}.");
        Require((U16(header, 6) & 1) == 0, "The ZIP entry is encrypted; no Seestar is known to do that.");
        Require(U16(header, 8) == 8, $"The ZIP entry is packed by method {U16(header, 8)}; only 8 (deflate) is known.");
        return U16(header, 26) + U16(header, 28);
    }

    /// <summary>Reads the directory, classic or ZIP64.</summary>
    /// <param name="tail">The archive's last bytes, up to its end.</param>
    /// <param name="archiveLength">Bytes of the whole archive.</param>
    /// <exception cref="InvalidDataException">No directory is there, or it is not one entry's.</exception>
    public static ZipDirectory Read(ReadOnlySpan<byte> tail, long archiveLength)
    {
        var end = FindEnd(tail);
        long start = U32(tail, end + 16);
        long entries = U16(tail, end + 10);
        if (start == uint.MaxValue || entries == ushort.MaxValue)
        {
            (start, entries) = ReadEnd64(tail, end, archiveLength);
        }

        Require(entries == 1, $"The ZIP archive has {entries} entries; a frame has one.");

        var central = At(tail, start, archiveLength, 46);
        Require(U32(tail, central) == CentralHeader, "The ZIP directory is not where the archive's end says.");

        long size = U32(tail, central + 24);
        if (size == uint.MaxValue)
        {
            size = ReadSize64(tail, central);
        }

        return new ZipDirectory(U32(tail, central + 16), size);
    }

    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            if (U32(tail, at) == End && at + EndLength + U16(tail, at + 20) == tail.Length)
            {
                return at;
            }
        }

        throw new InvalidDataException("The ZIP archive has no directory at its end; it is cut off or damaged.");
    }

    private static (long Start, long Entries) ReadEnd64(ReadOnlySpan<byte> tail, int end, long archiveLength)
    {
        var locator = end - LocatorLength;
        Require(locator >= 0 && U32(tail, locator) == End64Locator, "The ZIP archive's end calls for ZIP64, but its locator is missing.");

        var end64 = At(tail, (long)Math.Min(U64(tail, locator + 8), long.MaxValue), archiveLength, 56);
        Require(U32(tail, end64) == End64, "The ZIP64 end of directory is not where its locator says.");
        return ((long)Math.Min(U64(tail, end64 + 48), long.MaxValue), (long)Math.Min(U64(tail, end64 + 32), long.MaxValue));
    }

    private static long ReadSize64(ReadOnlySpan<byte> tail, int central)
    {
        var at = central + 46 + U16(tail, central + 28);
        var extraEnd = Math.Min(at + U16(tail, central + 30), tail.Length);
        for (; at + 4 <= extraEnd; at += 4 + U16(tail, at + 2))
        {
            // The ZIP64 field starts with the uncompressed size when the directory's own is 0xFFFFFFFF.
            if (U16(tail, at) == 1 && at + 12 <= extraEnd)
            {
                return (long)Math.Min(U64(tail, at + 4), long.MaxValue);
            }
        }

        throw new InvalidDataException("The ZIP directory calls for a ZIP64 size, but has none.");
    }

    private static int At(ReadOnlySpan<byte> tail, long archiveOffset, long archiveLength, int length)
    {
        var at = archiveOffset - (archiveLength - tail.Length);
        Require(at >= 0 && at <= tail.Length - length, "The ZIP archive's end points outside its directory.");
        return (int)at;
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidDataException(message);
        }
    }
}
