using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Tests.Stars;

public sealed class StarMeasuresTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-60)]
    [InlineData(90)]
    public void The_angle_is_that_of_the_longer_axis_downwards_from_the_right(double degrees)
    {
        using var image = Sky.With(100, 100, new Gaussian(50.2, 49.7, 8000, 2.2, 1.4, double.DegreesToRadians(degrees)));

        var star = Assert.Single(StarFinder.Find(image));

        var off = Math.Abs(star.Angle - degrees);
        Assert.InRange(Math.Min(off, 180 - off), 0, 1);
        Assert.InRange(star.Angle, -90, 90);
    }

    [Fact]
    public void Saturated_and_faint_stars_are_counted_but_not_measured()
    {
        using var image = Sky.With(
            300, 300, new Random(3), 30, (_, _) => Sky.Level,
            [new Gaussian(60, 60, 400_000, 3, 3), new Gaussian(150, 60, 9000), new Gaussian(150, 150, 9000), new Gaussian(240, 240, 150)]);

        var measures = StarMeasures.Of(image);

        Assert.Equal((4, 1, 2), (measures.Stars.Count, measures.Saturated, measures.Measured));
        Assert.Equal(2.3548 * 1.5, measures.Fwhm!.Value, 0.1);
        Assert.Equal(2 * 1.5 * Math.Sqrt(Math.PI / 2), measures.Hfd!.Value, 0.1);
        Assert.InRange(measures.Eccentricity!.Value, 0, 0.3);
        Assert.True(measures.Snr > 50);
    }

    [Fact]
    public void Sky_and_noise_leave_out_what_is_no_data()
    {
        using var image = Sky.With(200, 200, new Random(3), 30, (_, _) => Sky.Level, []);
        image.Writable[..(3 * 200 * 150)].Clear();

        var sky = StarMeasures.Of(image).Sky!.Value;

        Assert.Equal(Sky.Level, sky.Level, 2.0);
        Assert.Equal(30, sky.Noise, 2.0);
    }

    [Fact]
    public void A_picture_without_data_has_no_measures()
    {
        using var image = new RgbImage(50, 40);
        image.Writable.Clear();

        var measures = StarMeasures.Of(image);

        Assert.Equal(new StarMeasures(null, measures.Stars, 0, 0, null, null, null, null), measures);
        Assert.Empty(measures.Stars);
    }
}
