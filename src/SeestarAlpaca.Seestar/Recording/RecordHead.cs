using System.Buffers.Binary;
using SeestarAlpaca.Imaging.Checksums;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>What a record of a recording tells.</summary>
public enum RecordKind : byte
{
    /// <summary>The first record; JSON with the version of the format and the program that wrote it.</summary>
    Start = 1,

    /// <summary>A connection was opened; JSON with port and telescope, <see cref="OpenedConnection"/>.</summary>
    Opened = 2,

    /// <summary>A connection ended, by whichever side; no payload.</summary>
    Closed = 3,

    /// <summary>A JSON line of the telescope, without its end.</summary>
    TelescopeLine = 4,

    /// <summary>A JSON line of a client, without its end.</summary>
    ClientLine = 5,

    /// <summary>The header of a frame, 80 bytes; its payload follows as <see cref="FrameData"/> of the same connection.</summary>
    Frame = 6,

    /// <summary>Some of a frame's payload.</summary>
    FrameData = 7,

    /// <summary>Bytes that could be no message, or could not be freed of secrets, and are not kept; JSON with their number.</summary>
    Unreadable = 8,

    /// <summary>Bytes that were left out because the disk was too slow; JSON with their number.</summary>
    LeftOut = 9,

    /// <summary>The recording was ended in an orderly way; no payload.</summary>
    End = 10,
}

/// <summary>
/// The 28 bytes before each record's payload, little-endian: <c>R</c>, kind, two zeros, connection (4), microseconds since the recording began (8),
/// bytes stored (4), bytes they stand for (4), CRC-32 of all that and of what is stored (4). More bytes than are stored: deflated.
/// </summary>
/// <param name="Kind">What the record tells.</param>
/// <param name="Connection">Number of the connection, from 1; 0 for records that belong to none.</param>
/// <param name="Time">Since the recording began, in steps of a microsecond.</param>
/// <param name="Stored">Bytes that follow.</param>
/// <param name="Length">Bytes of the payload once inflated.</param>
/// <param name="Checksum">CRC-32 of the first 24 bytes and of what is stored.</param>
public readonly record struct RecordHead(RecordKind Kind, uint Connection, TimeSpan Time, int Stored, int Length, uint Checksum)
{
    /// <summary>Bytes of a head.</summary>
    public const int Size = 28;

    /// <summary>The longest payload, in bytes: more than the longest line.</summary>
    public const int MaxPayload = 4 << 20;

    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private const byte Marker = (byte)'R';
    private const int Checked = 24;

    /// <summary>The eight bytes that a recording begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'S', (byte)'S', (byte)'R', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether what is stored is deflated.</summary>
    public bool IsDeflated => Stored < Length;

    /// <summary>A head for a payload, with its checksum.</summary>
    public static RecordHead For(RecordKind kind, uint connection, TimeSpan time, ReadOnlySpan<byte> stored, int length)
    {
        var head = new RecordHead(kind, connection, time, stored.Length, length, 0);
        return head with { Checksum = head.ChecksumOf(stored) };
    }

    /// <summary>Reads the 28 bytes.</summary>
    /// <exception cref="InvalidDataException">They are no head.</exception>
    public static RecordHead Parse(ReadOnlySpan<byte> bytes)
    {
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        var time = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        return bytes[0] == Marker && bytes[1] is >= (byte)RecordKind.Start and <= (byte)RecordKind.End && bytes[2] == 0 && bytes[3] == 0
            && length <= MaxPayload && stored <= length && time is >= 0 and < long.MaxValue / TimeSpan.TicksPerMicrosecond
                ? new RecordHead(
                    (RecordKind)bytes[1],
                    BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
                    TimeSpan.FromMicroseconds(time),
                    (int)stored,
                    (int)length,
                    BinaryPrimitives.ReadUInt32LittleEndian(bytes[Checked..]))
                : throw new InvalidDataException("What follows there is no record.");
    }

    /// <summary>Writes the 28 bytes.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        destination[0] = Marker;
        destination[1] = (byte)Kind;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Connection);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Time.Ticks / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], (uint)Stored);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[20..], (uint)Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[Checked..], Checksum);
    }

    /// <summary>The checksum that the head must have for what is stored.</summary>
    public uint ChecksumOf(ReadOnlySpan<byte> stored)
    {
        Span<byte> head = stackalloc byte[Size];
        Write(head);
        var checksum = default(Crc32);
        checksum.Append(head[..Checked]);
        checksum.Append(stored);
        return checksum.Value;
    }
}
