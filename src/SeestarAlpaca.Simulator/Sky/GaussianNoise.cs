using System.Numerics;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>
/// Normally distributed numbers with mean 0 and variance 1, fast: a table of quantiles, drawn with xoshiro256**, four numbers for each
/// step. The extremes are ±4.3. A structure to be kept in a local variable; the same seed gives the same numbers.
/// </summary>
internal struct GaussianNoise
{
    private const int Bits = 16;

    private static readonly float[] Quantiles = BuildQuantiles();

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private ulong _bits;
    private int _left;

    /// <summary>Begins a sequence.</summary>
    public GaussianNoise(ulong seed)
    {
        _a = Hash.Mix(seed);
        _b = Hash.Mix(_a);
        _c = Hash.Mix(_b);
        _d = Hash.Mix(_c);
    }

    /// <summary>The next number.</summary>
    public float Next()
    {
        if (_left == 0)
        {
            _bits = NextBits();
            _left = 64 / Bits;
        }

        var index = (int)(_bits & ((1 << Bits) - 1));
        _bits >>= Bits;
        _left--;
        return Quantiles[index];
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static float[] BuildQuantiles()
    {
        var quantiles = new float[1 << Bits];
        for (var i = 0; i < quantiles.Length; i++)
        {
            quantiles[i] = (float)Quantile((i + 0.5) / quantiles.Length);
        }

        return quantiles;
    }

    /// <summary>The inverse of the normal distribution function, after the rational approximation 26.2.23 of Abramowitz and Stegun, one Newton step.</summary>
    private static double Quantile(double probability)
    {
        var tail = Math.Min(probability, 1 - probability);
        var t = Math.Sqrt(-2 * Math.Log(tail));
        var x = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        x += (UpperTail(x) - tail) / (Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
        return probability < 0.5 ? -x : x;
    }

    /// <summary>The chance of a number above x, for x ≥ 0 (Abramowitz and Stegun 26.2.17).</summary>
    private static double UpperTail(double x)
    {
        var t = 1 / (1 + (0.2316419 * x));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
