using System.Buffers.Binary;

namespace SeestarAlpaca.Imaging.Tiff;

/// <summary>What comes before the pixels: the header, one image file directory (IFD), and the values that do not fit into its entries.</summary>
internal sealed record TiffLayout(int Width, int Height, int SamplesPerPixel, int BitsPerSample)
{
    private const int HeaderLength = 8;
    private const int EntryLength = 12;

    private const ushort Text = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;

    /// <summary>Strips of about 64 KiB: what readers that take one at a time like.</summary>
    private const int StripLength = 64 * 1024;

    /// <summary>Length of the whole file in bytes; TIFF can tell 4 GiB less one byte.</summary>
    public long FileLength => Place(Entries(0)).End + (RowLength * Height);

    private long RowLength => (long)Width * SamplesPerPixel * BitsPerSample / 8;

    private int RowsPerStrip => (int)Math.Clamp(StripLength / RowLength, 1, Height);

    private int Strips => (Height + RowsPerStrip - 1) / RowsPerStrip;

    /// <summary>All bytes before the first pixel.</summary>
    public byte[] Header()
    {
        var (directory, end) = Place(Entries(0));
        var entries = Entries(end);
        var bytes = new byte[end];
        "II*\0"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(HeaderLength), (ushort)entries.Length);
        var outside = directory;
        for (var i = 0; i < entries.Length; i++)
        {
            var at = bytes.AsSpan(HeaderLength + 2 + (i * EntryLength), EntryLength);
            BinaryPrimitives.WriteUInt16LittleEndian(at, entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], entries[i].Type);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], entries[i].Count);
            if (entries[i].Bytes.Length <= sizeof(uint))
            {
                entries[i].Bytes.CopyTo(at[8..]);
                continue;
            }

            BinaryPrimitives.WriteInt32LittleEndian(at[8..], outside);
            entries[i].Bytes.CopyTo(bytes.AsSpan(outside));
            outside += Even(entries[i].Bytes.Length);
        }

        return bytes;
    }

    /// <summary>Where the directory ends, and where the values outside it do.</summary>
    private static (int Directory, int End) Place(Entry[] entries)
    {
        var directory = HeaderLength + 2 + (entries.Length * EntryLength) + sizeof(uint);
        return (directory, directory + entries.Where(entry => entry.Bytes.Length > sizeof(uint)).Sum(entry => Even(entry.Bytes.Length)));
    }

    /// <summary>TIFF wants values and pixels to begin at even places.</summary>
    private static int Even(int length) => (length + 1) & ~1;

    /// <summary>The directory in the order of tags.</summary>
    private Entry[] Entries(long firstPixel) =>
    [
        Longs(256, Width),
        Longs(257, Height),
        Shorts(258, [.. Enumerable.Repeat(BitsPerSample, SamplesPerPixel)]),
        Shorts(259, 1), // no compression
        Shorts(262, SamplesPerPixel == 1 ? 1 : 2), // 0 is black; red, green, blue
        Longs(273, [.. Enumerable.Range(0, Strips).Select(strip => firstPixel + (strip * RowsPerStrip * RowLength))]),
        Shorts(274, 1), // top row first, left column first
        Shorts(277, SamplesPerPixel),
        Longs(278, RowsPerStrip),
        Longs(279, [.. Enumerable.Range(0, Strips).Select(strip => Math.Min(RowsPerStrip, Height - (strip * RowsPerStrip)) * RowLength)]),
        new Entry(282, Rational, 1, Longs(0, 1, 1).Bytes),
        new Entry(283, Rational, 1, Longs(0, 1, 1).Bytes),
        Shorts(284, 1), // samples of a pixel side by side
        Shorts(296, 1), // pixels are square; how large is not told
        new Entry(305, Text, 14, [.. "SeestarAlpaca\0"u8]),
        Shorts(339, [.. Enumerable.Repeat(1, SamplesPerPixel)]), // unsigned
    ];

    private static Entry Shorts(ushort tag, params int[] values)
    {
        var bytes = new byte[values.Length * sizeof(ushort)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)values[i]);
        }

        return new Entry(tag, Short, values.Length, bytes);
    }

    private static Entry Longs(ushort tag, params long[] values)
    {
        var bytes = new byte[values.Length * sizeof(uint)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), (uint)values[i]);
        }

        return new Entry(tag, Long, values.Length, bytes);
    }

    private readonly record struct Entry(ushort Tag, ushort Type, int Count, byte[] Bytes);
}
