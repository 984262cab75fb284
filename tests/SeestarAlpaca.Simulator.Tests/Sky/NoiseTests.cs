using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Tests.Sky;

public sealed class NoiseTests
{
    private static readonly PictureSize Size = new(128, 128);
    private static readonly Sensor Sensor = new(16, 80, 1);

    [Fact]
    public void Noise_is_normally_distributed()
    {
        var noise = new GaussianNoise(1);
        var numbers = Enumerable.Range(0, 1_000_000).Select(_ => (double)noise.Next()).ToArray();

        Assert.InRange(numbers.Average(), -0.005, 0.005);
        Assert.InRange(numbers.Average(n => n * n), 0.99, 1.01);
        Assert.InRange(numbers.Average(n => n * n * n), -0.02, 0.02);
        Assert.InRange(numbers.Count(n => Math.Abs(n) < 1) / 1e6, 0.680, 0.685);
        Assert.InRange(numbers.Count(n => Math.Abs(n) > 3) / 1e6, 0.0023, 0.0031);
    }

    /// <summary>Twelve real subs gave variance = 12.8 × (level − 393) ADU² (<c>seestar-protocol.md</c> §7).</summary>
    [Theory]
    [InlineData(405)]
    [InlineData(606)]
    [InlineData(5000)]
    public void The_noise_of_a_ten_second_sub_is_the_measured_one(float signal)
    {
        var values = Values(Flat(signal), new Exposure(10, 80));

        var mean = values.Average();
        Assert.Equal(390 + signal, mean, 3.0);
        Assert.InRange(values.Average(v => (v - mean) * (v - mean)) / (12.8 * (mean - 393)), 0.95, 1.05);
    }

    [Fact]
    public void Long_subs_lie_on_the_grid_of_five_readouts()
    {
        var values = Values(Flat(600), new Exposure(10, 80));

        // But for the interpolated pixels, 7 of 16384.
        Assert.InRange(values.Count(v => Math.Abs((v / 3.2) - Math.Round(v / 3.2)) * 3.2 > 0.5), 0, 7);
    }

    [Fact]
    public void Short_exposures_are_twelve_bit_numbers_except_for_interpolated_pixels()
    {
        var size = new PictureSize(400, 400);
        var sub = new SubRenderer(size, Sensor).Expose(Flat(600, size), new Exposure(0.5, 80), default, 1);

        var off = sub.Samples.ToArray().Count(v => v % 16 != 0) / (400.0 * 400);

        Assert.InRange(off, 0.0001, 0.0005);
    }

    [Theory]
    [InlineData(16, 65504)]
    [InlineData(64, 65472)]
    public void Light_beyond_measure_saturates_where_a_telescope_does(int step, int saturation)
    {
        var sub = new SubRenderer(Size, new Sensor(step, 80, 1)).Expose(Flat(200_000), new Exposure(1, 80), default, 1);

        Assert.All(sub.Samples.ToArray(), v => Assert.Equal(saturation, v));
    }

    [Fact]
    public void Twenty_decibels_more_gain_are_ten_times_the_signal()
    {
        var values = Values(Flat(600), new Exposure(10, 280));

        Assert.Equal(390 + 6000, values.Average(), 30.0);
    }

    private static double[] Values(SkyCanvas field, Exposure exposure)
    {
        var sub = new SubRenderer(field.Size, Sensor).Expose(field, exposure, default, 1);
        var values = sub.Samples.ToArray().Select(v => (double)v).Order().ToArray();

        // Without the few bad pixels.
        return values[..^10];
    }

    private static SkyCanvas Flat(float signal, PictureSize? size = null)
    {
        var canvas = new SkyCanvas(size ?? Size);
        canvas.AddEverywhere((_, _) => Light.White(signal));
        return canvas;
    }
}
