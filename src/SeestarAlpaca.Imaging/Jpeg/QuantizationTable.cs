namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>What coefficients are divided by: the tables of ITU-T T.81 annex K scaled by quality, as libjpeg does.</summary>
internal sealed class QuantizationTable
{
    /// <summary>Coefficients of a block.</summary>
    public const int Length = 64;

    private QuantizationTable(byte[] divisors)
    {
        Divisors = divisors;
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                // The transform leaves its result transposed, and 8 · scale · scale too large.
                Factors[(8 * column) + row] = (float)(1 / (8 * divisors[(8 * row) + column] * ForwardDct.Scale(row) * ForwardDct.Scale(column)));
            }
        }
    }

    /// <summary>Row by row, 1 to 255.</summary>
    public byte[] Divisors { get; }

    /// <summary>What the results of <see cref="ForwardDct"/> are multiplied with.</summary>
    public float[] Factors { get; } = new float[Length];

    /// <summary>For each place of the zigzag, from low to high frequencies: the place in the block, row by row.</summary>
    public static ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
        12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private static ReadOnlySpan<byte> Luminance =>
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static ReadOnlySpan<byte> Chrominance =>
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>The table for brightness.</summary>
    /// <param name="quality">1 to 100.</param>
    public static QuantizationTable OfLuminance(int quality) => new(Scaled(Luminance, quality));

    /// <summary>The table for colour.</summary>
    /// <param name="quality">1 to 100.</param>
    public static QuantizationTable OfChrominance(int quality) => new(Scaled(Chrominance, quality));

    private static byte[] Scaled(ReadOnlySpan<byte> table, int quality)
    {
        var percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        var scaled = new byte[Length];
        for (var i = 0; i < Length; i++)
        {
            scaled[i] = (byte)Math.Clamp(((table[i] * percent) + 50) / 100, 1, 255);
        }

        return scaled;
    }
}
