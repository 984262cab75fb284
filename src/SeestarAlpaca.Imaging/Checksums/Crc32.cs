using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32.Arm64;

namespace SeestarAlpaca.Imaging.Checksums;

/// <summary>
/// The CRC-32 of ZIP, gzip and PNG (polynomial 0xEDB88320, reflected), by the processor's own instructions where it has them, else eight bytes at a time.
/// .NET's own is in a package that this project cannot rely on.
/// </summary>
public struct Crc32 : IEquatable<Crc32>
{
    private static readonly uint[] Table = BuildTable();

    private uint _inverted;

    /// <summary>The checksum of everything appended so far; 0 for nothing.</summary>
    public readonly uint Value => _inverted;

    /// <summary>The checksum of one run of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = default(Crc32);
        crc.Append(bytes);
        return crc.Value;
    }

    /// <summary>Takes in further bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~_inverted;
        if (Crc32Folding.IsSupported && bytes.Length >= Crc32Folding.Least)
        {
            var folded = Crc32Folding.Fold(crc, bytes);
            crc = ByTable(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in folded)));
            bytes = bytes[^(bytes.Length % Crc32Folding.Lane)..];
        }
        else if (ArmCrc32.IsSupported)
        {
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                crc = ArmCrc32.ComputeCrc32(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            }
        }

        _inverted = ~ByTable(crc, bytes);
    }

    /// <inheritdoc/>
    public readonly bool Equals(Crc32 other) => _inverted == other._inverted;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Crc32 other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => (int)_inverted;

    /// <summary>Whether both have the same checksum.</summary>
    public static bool operator ==(Crc32 left, Crc32 right) => left.Equals(right);

    /// <summary>Whether the checksums differ.</summary>
    public static bool operator !=(Crc32 left, Crc32 right) => !left.Equals(right);

    private static uint ByTable(uint crc, ReadOnlySpan<byte> bytes)
    {
        var table = Table.AsSpan();
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[1792 + (int)(low & 255)] ^ table[1536 + (int)((low >> 8) & 255)]
                ^ table[1280 + (int)((low >> 16) & 255)] ^ table[1024 + (int)(low >> 24)]
                ^ table[768 + (int)(high & 255)] ^ table[512 + (int)((high >> 8) & 255)]
                ^ table[256 + (int)((high >> 16) & 255)] ^ table[(int)(high >> 24)];
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            crc = table[(int)((crc ^ value) & 255)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
            }

            table[i] = crc;
        }

        for (var i = 256; i < table.Length; i++)
        {
            table[i] = table[(int)(table[i - 256] & 255)] ^ (table[i - 256] >> 8);
        }

        return table;
    }
}
