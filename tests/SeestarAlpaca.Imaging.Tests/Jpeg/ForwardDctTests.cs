using SeestarAlpaca.Imaging.Jpeg;

namespace SeestarAlpaca.Imaging.Tests.Jpeg;

public sealed class ForwardDctTests
{
    /// <summary>The formula of ITU-T T.81, A.3.3.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(85)]
    [InlineData(100)]
    public void Coefficients_are_those_of_the_formula_rounded(int quality)
    {
        var table = QuantizationTable.OfLuminance(quality);
        var random = new Random(quality);
        const int Stride = 19;
        var plane = new float[8 * Stride];
        var coefficients = new short[64];
        for (var round = 0; round < 50; round++)
        {
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = round == 0 ? -128 : random.Next(-128, 128);
            }

            ForwardDct.Quantize(plane.AsSpan(3), Stride, table.Factors, coefficients);

            for (var v = 0; v < 8; v++)
            {
                for (var u = 0; u < 8; u++)
                {
                    var exact = Coefficient(plane.AsSpan(3), Stride, u, v) / table.Divisors[(8 * v) + u];
                    Assert.InRange(coefficients[(8 * u) + v] - exact, -0.501, 0.501);
                }
            }
        }
    }

    private static double Coefficient(ReadOnlySpan<float> block, int stride, int u, int v)
    {
        var sum = 0.0;
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                sum += block[(y * stride) + x] * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
            }
        }

        return sum / 4 * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1);
    }
}
