namespace SeestarAlpaca.Imaging.Statistics;

/// <summary>How often each 16-bit value occurs: medians and percentiles of many samples without sorting them. Not thread safe.</summary>
public sealed class SampleHistogram
{
    private const double StandardDeviationsPerMad = 1.4826;

    private readonly int[] _counts = new int[ushort.MaxValue + 1];

    /// <summary>Samples counted.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a sample.</summary>
    public void Add(ushort value)
    {
        _counts[value]++;
        Count++;
    }

    /// <summary>The value below which a part of the samples lies, interpolated between the two nearest samples.</summary>
    /// <param name="part">0 (the least) to 1 (the greatest); 0.5 is the median.</param>
    /// <exception cref="InvalidOperationException">Nothing was counted.</exception>
    public double Quantile(double part) => Quantile(_counts, Count, part);

    /// <summary>Median and 1.4826 · MAD, as <see cref="Background.Of"/> has them of the same samples.</summary>
    /// <exception cref="InvalidOperationException">Nothing was counted.</exception>
    public Background Background()
    {
        var level = Quantile(0.5);

        // A median may be half a value, hence distances in halves.
        var twice = (int)(2 * level);
        var distances = new int[(2 * ushort.MaxValue) + 1];
        for (var value = 0; value < _counts.Length; value++)
        {
            distances[Math.Abs((2 * value) - twice)] += _counts[value];
        }

        return new Background(level, StandardDeviationsPerMad * Quantile(distances, Count, 0.5) / 2);
    }

    private static double Quantile(int[] counts, int count, double part)
    {
        if (count == 0)
        {
            throw new InvalidOperationException("There is no median of nothing.");
        }

        var place = part * (count - 1);
        var rank = (int)place;
        var (value, below) = (0, counts[0]);
        while (below <= rank)
        {
            below += counts[++value];
        }

        var next = value;
        while (below <= rank + 1 && below < count)
        {
            below += counts[++next];
        }

        return value + ((next - value) * (place - rank));
    }
}
