using System.Runtime.Intrinsics;

namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>
/// The discrete cosine transform of a block of 8 × 8 samples, by the method of Arai, Agui and Nakajima (1988): 5 multiplications for 8
/// samples, the rest of them put off until quantization. Four columns are transformed at once.
/// </summary>
internal static class ForwardDct
{
    private const float HalfRoot2 = 0.70710678f;
    private const float Sine = 0.38268343f;
    private const float Difference = 0.54119610f;
    private const float Sum = 1.30656296f;

    /// <summary>Adding it to a number below 2²² leaves the nearest integer, the even one of two, in the low bits.</summary>
    private const float Rounder = 12_582_912f;

    /// <summary>What the transform leaves to be divided by, for each of the two frequencies.</summary>
    public static double Scale(int frequency) => frequency == 0 ? 1 : Math.Sqrt(2) * Math.Cos(frequency * Math.PI / 16);

    /// <summary>Transforms and quantizes a block.</summary>
    /// <param name="samples">Where the block begins in a plane of samples from −128 to 127.</param>
    /// <param name="stride">Samples from one row of the plane to the next.</param>
    /// <param name="factors">See <see cref="QuantizationTable.Factors"/>.</param>
    /// <param name="coefficients">Becomes the 64 rounded coefficients, column by column.</param>
    public static void Quantize(ReadOnlySpan<float> samples, int stride, ReadOnlySpan<float> factors, Span<short> coefficients)
    {
        Span<float> columns = stackalloc float[64];
        Span<float> transposed = stackalloc float[64];
        Transform(samples, stride, columns);
        Transform(samples[4..], stride, columns[4..]);
        Transpose(columns, transposed);
        Transform(transposed, 8, columns);
        Transform(transposed[4..], 8, columns[4..]);
        for (var i = 0; i < 64; i += 8)
        {
            var (low, high) = (Rounded(columns[i..], factors[i..]), Rounded(columns[(i + 4)..], factors[(i + 4)..]));
            Vector128.Narrow(low, high).CopyTo(coefficients[i..]);
        }
    }

    private static Vector128<int> Rounded(ReadOnlySpan<float> values, ReadOnlySpan<float> factors)
    {
        var rounder = Vector128.Create(Rounder);
        return ((Vector128.Create(values) * Vector128.Create(factors)) + rounder).AsInt32() - rounder.AsInt32();
    }

    private static void Transpose(ReadOnlySpan<float> from, Span<float> to)
    {
        for (var i = 0; i < 8; i++)
        {
            for (var j = 0; j < 8; j++)
            {
                to[(8 * j) + i] = from[(8 * i) + j];
            }
        }
    }

    /// <summary>The eight rows of four columns.</summary>
    private static void Transform(ReadOnlySpan<float> from, int stride, Span<float> to)
    {
        var (row0, row7) = (Vector128.Create(from), Vector128.Create(from[(7 * stride)..]));
        var (row1, row6) = (Vector128.Create(from[stride..]), Vector128.Create(from[(6 * stride)..]));
        var (row2, row5) = (Vector128.Create(from[(2 * stride)..]), Vector128.Create(from[(5 * stride)..]));
        var (row3, row4) = (Vector128.Create(from[(3 * stride)..]), Vector128.Create(from[(4 * stride)..]));
        var (sum0, sum1, sum2, sum3) = (row0 + row7, row1 + row6, row2 + row5, row3 + row4);
        var (rest0, rest1, rest2, rest3) = (row0 - row7, row1 - row6, row2 - row5, row3 - row4);

        var (outer, inner, middle) = (sum0 + sum3, sum1 + sum2, sum0 - sum3);
        (outer + inner).CopyTo(to);
        (outer - inner).CopyTo(to[32..]);
        var turned = (sum1 - sum2 + middle) * HalfRoot2;
        (middle + turned).CopyTo(to[16..]);
        (middle - turned).CopyTo(to[48..]);

        var (low, high) = (rest3 + rest2, rest1 + rest0);
        var shared = (low - high) * Sine;
        (low, high) = ((low * Difference) + shared, (high * Sum) + shared);
        var centre = (rest2 + rest1) * HalfRoot2;
        var (plus, minus) = (rest0 + centre, rest0 - centre);
        (minus + low).CopyTo(to[40..]);
        (minus - low).CopyTo(to[24..]);
        (plus + high).CopyTo(to[8..]);
        (plus - high).CopyTo(to[56..]);
    }
}
