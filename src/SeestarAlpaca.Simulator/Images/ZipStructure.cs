using System.Buffers.Binary;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// What surrounds the deflated samples in a ZIP payload: one entry <c>raw_data</c>, version 45, flag bit 3, sizes and checksum in a
/// descriptor after the data (<c>seestar-protocol.md</c> §5.5).
/// </summary>
internal static class ZipStructure
{
    private const ushort Version = 45;
    private const ushort SizesFollow = 8;
    private const ushort Deflate = 8;

    private static ReadOnlySpan<byte> Name => "raw_data"u8;

    /// <summary>The local header.</summary>
    /// <param name="stamp">Date and time of the entry.</param>
    /// <param name="zip64">Whether it has a ZIP64 extra field.</param>
    public static byte[] Head(DateTimeOffset stamp, bool zip64)
    {
        var head = new Bytes(30 + Name.Length + (zip64 ? 20 : 0));
        var size = zip64 ? uint.MaxValue : 0;
        head.U32(0x04034B50).U16(Version).U16(SizesFollow).U16(Deflate).U32(DosTime(stamp)).U32(0).U32(size).U32(size);
        head.U16((ushort)Name.Length).U16((ushort)(zip64 ? 20 : 0)).Text(Name);
        return zip64 ? head.U16(1).U16(16).U64(0).U64(0).Done() : head.Done();
    }

    /// <summary>The descriptor (16 bytes, or 24 with ZIP64), the central directory and its end.</summary>
    /// <param name="entry">The data between head and tail.</param>
    /// <param name="stamp">The same as the head's.</param>
    /// <param name="zip64">The same as the head's.</param>
    public static byte[] Tail(DeflatedSamples entry, DateTimeOffset stamp, bool zip64)
    {
        var (compressed, raw) = ((uint)entry.Compressed.Length, (uint)entry.RawLength);
        var directory = 46 + Name.Length;
        var descriptor = zip64 ? 24 : 16;
        var tail = new Bytes(descriptor + directory + 22);
        tail.U32(0x08074B50).U32(entry.Crc);
        _ = zip64 ? tail.U64(compressed).U64(raw) : tail.U32(compressed).U32(raw);

        tail.U32(0x02014B50).U16(Version).U16(Version).U16(SizesFollow).U16(Deflate).U32(DosTime(stamp)).U32(entry.Crc).U32(compressed).U32(raw);
        tail.U16((ushort)Name.Length).U16(0).U16(0).U16(0).U16(0).U32(0).U32(0).Text(Name);

        var directoryOffset = (uint)(30 + Name.Length + (zip64 ? 20 : 0) + compressed + descriptor);
        return tail.U32(0x06054B50).U16(0).U16(0).U16(1).U16(1).U32((uint)directory).U32(directoryOffset).U16(0).Done();
    }

    /// <summary>Time in the low half, date in the high half, in steps of two seconds from 1980.</summary>
    private static uint DosTime(DateTimeOffset stamp)
    {
        var (date, time) = (stamp.Date, stamp.TimeOfDay);
        var years = Math.Clamp(date.Year - 1980, 0, 127);
        return (uint)((years << 25) | (date.Month << 21) | (date.Day << 16) | (time.Hours << 11) | (time.Minutes << 5) | (time.Seconds / 2));
    }

    /// <summary>Little-endian fields, one after the other.</summary>
    private sealed class Bytes(int length)
    {
        private readonly byte[] _bytes = new byte[length];
        private int _position;

        public Bytes U16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Next(2), value);
            return this;
        }

        public Bytes U32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Next(4), value);
            return this;
        }

        public Bytes U64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(Next(8), value);
            return this;
        }

        public Bytes Text(ReadOnlySpan<byte> text)
        {
            text.CopyTo(Next(text.Length));
            return this;
        }

        public byte[] Done() => _bytes;

        private Span<byte> Next(int count)
        {
            _position += count;
            return _bytes.AsSpan(_position - count, count);
        }
    }
}
