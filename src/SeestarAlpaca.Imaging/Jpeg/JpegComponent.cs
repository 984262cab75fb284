using System.Numerics;
using System.Runtime.Intrinsics;

namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>Brightness or one of the two colours of a picture on its way out: its tables and the mean of its last block.</summary>
internal sealed class JpegComponent(QuantizationTable quantization, HuffmanTable dc, HuffmanTable ac)
{
    /// <summary>The symbol for "the rest of the block is 0".</summary>
    private const int EndOfBlock = 0x00;

    /// <summary>The symbol for 16 zeros.</summary>
    private const int SixteenZeros = 0xF0;

    /// <summary>The zigzag through a block that lies column by column.</summary>
    private static readonly byte[] TransposedZigzag = [.. QuantizationTable.Zigzag.ToArray().Select(place => (byte)((place >> 3) | ((place & 7) << 3)))];

    private int _lastMean;

    /// <summary>Transforms, quantizes and codes a block.</summary>
    /// <param name="writer">Where the codes go.</param>
    /// <param name="samples">Where the block begins in a plane of samples from −128 to 127.</param>
    /// <param name="stride">Samples from one row of the plane to the next.</param>
    public void WriteBlock(JpegBitWriter writer, ReadOnlySpan<float> samples, int stride)
    {
        Span<short> coefficients = stackalloc short[QuantizationTable.Length];
        Span<short> ordered = stackalloc short[QuantizationTable.Length];
        ForwardDct.Quantize(samples, stride, quantization.Factors, coefficients);
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i] = coefficients[TransposedZigzag[i]];
        }

        writer.Reserve();
        Write(writer, dc, 0, ordered[0] - _lastMean);
        _lastMean = ordered[0];
        WriteDetails(writer, ordered);
    }

    private void WriteDetails(JpegBitWriter writer, ReadOnlySpan<short> ordered)
    {
        var (last, rest) = (0, Occupied(ordered) & ~1ul);
        for (; rest != 0; rest &= rest - 1)
        {
            var place = BitOperations.TrailingZeroCount(rest);
            var zeros = place - last - 1;
            for (; zeros > 15; zeros -= 16)
            {
                writer.Write(ac.Codes[SixteenZeros] >> 8, (int)(ac.Codes[SixteenZeros] & 255));
            }

            Write(writer, ac, zeros << 4, ordered[place]);
            last = place;
        }

        if (last < ordered.Length - 1)
        {
            writer.Write(ac.Codes[EndOfBlock] >> 8, (int)(ac.Codes[EndOfBlock] & 255));
        }
    }

    /// <summary>A number: its length in bits within the symbol, then its bits, those of a negative one less 1.</summary>
    private static void Write(JpegBitWriter writer, HuffmanTable table, int symbol, int value)
    {
        var length = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        var code = table.Codes[symbol | length];
        var bits = (uint)(value + (value >> 31)) & ((1u << length) - 1);
        writer.Write(((code >> 8) << length) | bits, (int)(code & 255) + length);
    }

    /// <summary>A bit for each coefficient that is not 0.</summary>
    private static ulong Occupied(ReadOnlySpan<short> ordered)
    {
        var occupied = 0ul;
        for (var i = 0; i < ordered.Length; i += Vector128<byte>.Count)
        {
            var narrow = Vector128.Narrow(
                Vector128.Equals(Vector128.Create(ordered[i..]), Vector128<short>.Zero), Vector128.Equals(Vector128.Create(ordered[(i + 8)..]), Vector128<short>.Zero));
            occupied |= (ulong)(~narrow).ExtractMostSignificantBits() << i;
        }

        return occupied;
    }
}
