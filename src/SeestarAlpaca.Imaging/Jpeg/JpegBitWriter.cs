using System.Buffers.Binary;

namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>Writes codes one after the other, and a zero after each byte FF, as JPEG's coded data must be.</summary>
internal sealed class JpegBitWriter(Stream stream)
{
    private readonly byte[] _bytes = new byte[64 * 1024];
    private int _length;
    private ulong _bits;
    private int _count;

    /// <summary>Makes room, to be called before each block: a block of 8 × 8 takes at most 64 codes of 27 bits, twice that when stuffed.</summary>
    public void Reserve()
    {
        const int LargestBlock = 512;
        if (_length > _bytes.Length - LargestBlock)
        {
            Flush();
        }
    }

    /// <summary>Appends bits.</summary>
    /// <param name="bits">The bits, right-aligned, nothing above them.</param>
    /// <param name="count">How many: 0 to 32.</param>
    public void Write(uint bits, int count)
    {
        _bits = (_bits << count) | bits;
        _count += count;
        if (_count >= 32)
        {
            _count -= 32;
            WriteWord((uint)(_bits >> _count));
        }
    }

    /// <summary>Fills the last byte with ones and hands everything on.</summary>
    public void End()
    {
        var padding = -_count & 7;
        var bits = (_bits << padding) | ((1u << padding) - 1);
        for (_count += padding; _count > 0; _count -= 8)
        {
            WriteByte((byte)(bits >> (_count - 8)));
        }

        Flush();
    }

    private void WriteWord(uint word)
    {
        // Whether any of the four bytes is FF: then its complement is 0, and only a 0 borrows from its highest bit.
        if (((~word - 0x01010101u) & word & 0x80808080u) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_length), word);
            _length += sizeof(uint);
            return;
        }

        for (var shift = 24; shift >= 0; shift -= 8)
        {
            WriteByte((byte)(word >> shift));
        }
    }

    private void WriteByte(byte value)
    {
        _bytes[_length++] = value;
        if (value == 0xFF)
        {
            _bytes[_length++] = 0;
        }
    }

    private void Flush()
    {
        stream.Write(_bytes, 0, _length);
        _length = 0;
    }
}
