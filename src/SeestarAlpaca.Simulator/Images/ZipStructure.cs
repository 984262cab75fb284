using System.Buffers.Binary;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// What surrounds the deflated samples in a ZIP payload: one entry <c>raw_data</c>, version 45, flag bit 3, sizes and checksum in a
/// descriptor after the data (<c>seestar-protocol.md</c> §5.5). Everything else is one of the layouts that are possible.
/// </summary>
internal static class ZipStructure
{
    private const ushort Version = 45;
    private const ushort SizesFollow = 8;
    private const ushort Deflate = 8;
    private const ushort Zip64Field = 1;
    private const int HeadLength = 30;
    private const int ExtraLength = 20;

    private static ReadOnlySpan<byte> Name => "raw_data"u8;

    /// <summary>The local header, with a ZIP64 extra field where the layout has one.</summary>
    /// <param name="stamp">Date and time of the entry.</param>
    /// <param name="layout">Which of the possible layouts.</param>
    public static byte[] Head(DateTimeOffset stamp, ZipLayout layout)
    {
        var extra = Extra(layout);
        var head = new Bytes(HeadLength + Name.Length + extra);
        var size = extra > 0 ? uint.MaxValue : 0;
        head.U32(0x04034B50).U16(Version).U16(SizesFollow).U16(Deflate).U32(DosTime(stamp)).U32(0).U32(size).U32(size);
        head.U16((ushort)Name.Length).U16((ushort)extra).Text(Name);
        return extra > 0 ? head.U16(Zip64Field).U16(16).U64(0).U64(0).Done() : head.Done();
    }

    /// <summary>The descriptor, the central directory and its end.</summary>
    /// <param name="entry">The data between head and tail.</param>
    /// <param name="stamp">The same as the head's.</param>
    /// <param name="layout">The same as the head's.</param>
    public static byte[] Tail(DeflatedSamples entry, DateTimeOffset stamp, ZipLayout layout)
    {
        var descriptor = Descriptor(entry, layout);
        var start = (ulong)(HeadLength + Name.Length + Extra(layout) + entry.Compressed.Length + descriptor.Length);
        return [.. descriptor, .. layout == ZipLayout.Zip64Directory ? Directory64(entry, stamp, start) : Directory(entry, stamp, (uint)start)];
    }

    private static int Extra(ZipLayout layout) => layout is ZipLayout.Zip64 or ZipLayout.Zip64Directory ? ExtraLength : 0;

    private static byte[] Descriptor(DeflatedSamples entry, ZipLayout layout)
    {
        var (compressed, raw) = ((uint)entry.Compressed.Length, (uint)entry.RawLength);
        return layout switch
        {
            ZipLayout.Descriptor12 => new Bytes(12).U32(entry.Crc).U32(compressed).U32(raw).Done(),
            ZipLayout.Descriptor16 => new Bytes(16).U32(0x08074B50).U32(entry.Crc).U32(compressed).U32(raw).Done(),
            _ => new Bytes(24).U32(0x08074B50).U32(entry.Crc).U64(compressed).U64(raw).Done(),
        };
    }

    private static byte[] Directory(DeflatedSamples entry, DateTimeOffset stamp, uint start)
    {
        var length = 46 + Name.Length;
        var bytes = new Bytes(length + 22);
        Central(bytes, entry, stamp, (uint)entry.Compressed.Length, (uint)entry.RawLength, extra: 0);
        return bytes.U32(0x06054B50).U16(0).U16(0).U16(1).U16(1).U32((uint)length).U32(start).U16(0).Done();
    }

    private static byte[] Directory64(DeflatedSamples entry, DateTimeOffset stamp, ulong start)
    {
        var length = (ulong)(46 + Name.Length + ExtraLength);
        var bytes = new Bytes((int)length + 56 + 20 + 22);
        Central(bytes, entry, stamp, uint.MaxValue, uint.MaxValue, ExtraLength);
        bytes.U16(Zip64Field).U16(16).U64((ulong)entry.RawLength).U64((ulong)entry.Compressed.Length);
        bytes.U32(0x06064B50).U64(44).U16(Version).U16(Version).U32(0).U32(0).U64(1).U64(1).U64(length).U64(start);
        bytes.U32(0x07064B50).U32(0).U64(start + length).U32(1);
        return bytes.U32(0x06054B50).U16(0).U16(0).U16(ushort.MaxValue).U16(ushort.MaxValue).U32(uint.MaxValue).U32(uint.MaxValue).U16(0).Done();
    }

    private static void Central(Bytes bytes, DeflatedSamples entry, DateTimeOffset stamp, uint compressed, uint raw, int extra)
    {
        bytes.U32(0x02014B50).U16(Version).U16(Version).U16(SizesFollow).U16(Deflate).U32(DosTime(stamp)).U32(entry.Crc).U32(compressed).U32(raw);
        bytes.U16((ushort)Name.Length).U16((ushort)extra).U16(0).U16(0).U16(0).U32(0).U32(0).Text(Name);
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
