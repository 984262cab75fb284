namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>Times in seconds, in the order of size.</summary>
internal sealed class Sample(IEnumerable<double> times)
{
    private readonly double[] _sorted = [.. times.Order()];

    public int Count => _sorted.Length;

    public double Median => Quantile(0.5);

    public double Mean => _sorted.Average();

    /// <summary>The time that a share of all does not exceed.</summary>
    public double Quantile(double share) => _sorted[Math.Min((int)(share * _sorted.Length), _sorted.Length - 1)];
}
