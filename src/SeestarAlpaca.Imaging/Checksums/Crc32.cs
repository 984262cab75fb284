namespace SeestarAlpaca.Imaging.Checksums;

/// <summary>
/// The CRC-32 of ZIP, gzip and PNG (polynomial 0xEDB88320, reflected), eight bytes at a time. .NET's own is in a package that
/// this project cannot rely on.
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
        var table = Table.AsSpan();
        var crc = ~_inverted;
        while (bytes.Length >= 8)
        {
            var low = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
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

        _inverted = ~crc;
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
