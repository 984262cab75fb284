using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Tests.Statistics;

public sealed class SampleHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(999)]
    [InlineData(1000)]
    public void Level_and_noise_are_those_of_the_sorted_values(int count)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => (ushort)(random.Next(3) == 0 ? random.Next(65536) : 900 + random.Next(50))).ToArray();
        var histogram = new SampleHistogram();

        foreach (var value in values)
        {
            histogram.Add(value);
        }

        var expected = Background.Of([.. values.Select(value => (double)value)]);
        Assert.Equal(expected.Level, histogram.Background().Level);
        Assert.Equal(expected.Noise, histogram.Background().Noise, 1e-9);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.125, 2.5)]
    [InlineData(0.25, 5)]
    [InlineData(0.5, 5)]
    [InlineData(0.625, 50)]
    [InlineData(1, 65535)]
    public void Quantiles_lie_between_the_nearest_values(double part, double value)
    {
        var histogram = new SampleHistogram();
        foreach (var sample in new ushort[] { 65535, 0, 5, 95, 5 })
        {
            histogram.Add(sample);
        }

        // Sorted: 0, 5, 5, 95, 65535.
        Assert.Equal(value, histogram.Quantile(part), 1e-9);
    }

    [Fact]
    public void Of_nothing_there_is_no_median()
    {
        Assert.Throws<InvalidOperationException>(() => new SampleHistogram().Quantile(0.5));
    }
}
