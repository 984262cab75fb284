namespace SeestarAlpaca.Imaging.Statistics;

/// <summary>The sky of a picture or of one channel, measured so that stars do not count.</summary>
/// <param name="Level">The median.</param>
/// <param name="Noise">1.4826 · MAD, the median distance from the median: the standard deviation where the noise is Gaussian.</param>
public readonly record struct Background(double Level, double Noise)
{
    private const double StandardDeviationsPerMad = 1.4826;

    /// <summary>Measures values. Pure; the median of an even number of values is the mean of the middle two.</summary>
    /// <param name="values">At least one. They are overwritten.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Background Of(Span<double> values)
    {
        var level = Median(values);
        foreach (ref var value in values)
        {
            value = Math.Abs(value - level);
        }

        return new Background(level, StandardDeviationsPerMad * Median(values));
    }

    /// <summary>The middle value; of an even number of values the mean of the middle two. Reorders the values.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    internal static double Median(Span<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("There is no median of nothing.", nameof(values));
        }

        var middle = Selection.Of(values, values.Length / 2);
        if (values.Length % 2 == 1)
        {
            return middle;
        }

        var below = double.NegativeInfinity;
        foreach (var value in values[..(values.Length / 2)])
        {
            below = value > below ? value : below;
        }

        return (middle + below) / 2;
    }
}
