using System.Buffers.Binary;
using System.Globalization;

namespace SeestarAlpaca.Alpaca.Images;

/// <summary>
/// The decimal digits of each 16-bit number, ready to be copied: most of the time of a picture as text is the making of digits.
/// </summary>
internal static class SampleDigits
{
    /// <summary>What has to be free at the destination, whatever the number.</summary>
    public const int Room = sizeof(ulong);

    /// <summary>For each number its digits from the lowest byte up, and in the highest byte how many they are.</summary>
    private static readonly ulong[] Table = BuildTable();

    /// <summary>Writes a number.</summary>
    /// <returns>How many digits it has.</returns>
    public static int Write(ushort number, Span<byte> destination)
    {
        var entry = Table[number];
        BinaryPrimitives.WriteUInt64LittleEndian(destination, entry);
        return (int)(entry >> 56);
    }

    /// <summary>Writes each number with a comma before it.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="destination">At least <see cref="Room"/> + 1 bytes for each of them.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteAll(ReadOnlySpan<ushort> numbers, Span<byte> destination)
    {
        var (table, used) = (Table, 0);
        foreach (var number in numbers)
        {
            var entry = table[number];
            BinaryPrimitives.WriteUInt64LittleEndian(destination[used..], (entry << 8) | (byte)',');
            used += 1 + (int)(entry >> 56);
        }

        return used;
    }

    private static ulong[] BuildTable()
    {
        var table = new ulong[ushort.MaxValue + 1];
        Span<byte> digits = stackalloc byte[sizeof(ulong)];
        for (var number = 0; number < table.Length; number++)
        {
            digits.Clear();
            number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            table[number] = BinaryPrimitives.ReadUInt64LittleEndian(digits) | ((ulong)length << 56);
        }

        return table;
    }
}
