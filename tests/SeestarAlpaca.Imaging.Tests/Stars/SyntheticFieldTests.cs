using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Tests.Stars;

/// <summary>How well stars of known place, light and shape are found and measured.</summary>
public sealed class SyntheticFieldTests
{
    private static readonly StarFinderOptions ManyStars = new() { MaxStars = 5000 };

    public static TheoryData<double> Widths => [2.5, 3.5, 5];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Of_isolated_stars_above_10_nearly_all_are_found_and_hardly_any_that_are_none(double fwhm)
    {
        using var field = new SyntheticField(fwhm, seed: 1);

        var found = StarFinder.Find(field.Noisy, ManyStars);

        var bright = field.Stars.Where(star => SyntheticField.Snr(star) > 10).ToList();
        var missed = bright.Count(star => !found.Any(other => Distance(other, star) < 2));
        var wrong = found.Count(star => !field.Stars.Any(other => Distance(star, other) < 3));
        Assert.True(bright.Count > 500);
        Assert.True(missed <= 0.02 * bright.Count, $"{missed} of {bright.Count} missed");
        Assert.True(wrong <= 0.01 * found.Count, $"{wrong} of {found.Count} wrong");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Widths_are_those_of_the_same_picture_without_noise(double fwhm)
    {
        using var field = new SyntheticField(fwhm, seed: 2);

        var noisy = StarMeasures.Of(field.Noisy, ManyStars);
        var clean = StarFinder.Find(field.Clean, ManyStars);

        DetectedStar[] same = [.. clean.Where(star => noisy.Stars.Any(other => other.Snr >= StarMeasures.LeastSnr && double.Hypot(other.X - star.X, other.Y - star.Y) < 2))];
        var (hfd, width) = (Median(same.Select(star => star.Hfd)), Median(same.Select(star => star.Fwhm)));
        Assert.InRange(noisy.Hfd!.Value / hfd, 0.95, 1.05);
        Assert.InRange(noisy.Fwhm!.Value / width, 0.95, 1.05);
        Assert.InRange(noisy.Fwhm.Value / fwhm, 0.93, 1.07);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Centres_are_as_good_as_the_noise_allows(double fwhm)
    {
        using var field = new SyntheticField(fwhm, seed: 3);

        var found = StarFinder.Find(field.Noisy, ManyStars);

        var errors = (from star in field.Stars
                      let snr = SyntheticField.Snr(star)
                      where snr > 10
                      let nearest = found.Where(other => Distance(other, star) < 2).Select(other => (double?)Distance(other, star)).Min()
                      where nearest is not null
                      select (Snr: snr, Error: nearest.Value)).ToList();
        Assert.InRange(Median(errors.Select(star => star.Error / (fwhm / (2.355 * star.Snr)))), 0, 1.5);
        Assert.InRange(Median(errors.Where(star => star.Snr >= 50).Select(star => star.Error)), 0, 0.05);
    }

    [Fact]
    public void The_sky_is_told_as_it_was_drawn()
    {
        using var field = new SyntheticField(3.5, seed: 4);

        var measures = StarMeasures.Of(field.Noisy);

        Assert.Equal(Sky.Level, measures.Sky!.Value.Level, 2.5);
        Assert.InRange(measures.Sky.Value.Noise / SyntheticField.Noise, 0.97, 1.07);
        Assert.InRange(measures.Measured, 500, measures.Stars.Count);
    }

    private static double Distance(DetectedStar star, Gaussian drawn) => double.Hypot(star.X - drawn.X, star.Y - drawn.Y);

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
