using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Tests.Statistics;

public sealed class BackgroundTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7, 0)]
    [InlineData(new double[] { 1, 3 }, 2, 1)]
    [InlineData(new double[] { 5, 1, 3 }, 3, 2)]
    [InlineData(new double[] { 4, 2, 1, 65535 }, 3, 1.5)]
    [InlineData(new double[] { 9, 9, 9, 9, 60000 }, 9, 0)]
    public void The_level_is_the_median_and_the_noise_follows_from_the_median_deviation(double[] values, double level, double medianDeviation)
    {
        var background = Background.Of(values);

        Assert.Equal(level, background.Level);
        Assert.Equal(1.4826 * medianDeviation, background.Noise, 1e-9);
    }

    [Fact]
    public void Gaussian_noise_is_found_under_stars()
    {
        var random = new Random(94);
        var values = Enumerable.Range(0, 20_000).Select(i => i % 50 == 0 ? 40_000 : 1000 + (25 * Gaussian(random))).ToArray();

        var background = Background.Of(values);

        Assert.Equal(1000, background.Level, 2.0);
        Assert.Equal(25, background.Noise, 1.5);
    }

    [Fact]
    public void Nothing_has_no_background()
    {
        Assert.Throws<ArgumentException>(() => Background.Of([]));
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
