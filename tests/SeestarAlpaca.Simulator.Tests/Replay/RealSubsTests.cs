using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Registration;
using SeestarAlpaca.Imaging.Stars;
using SeestarAlpaca.Imaging.Statistics;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Replay;

/// <summary>Twelve real subs of M 94, which drift by up to 18 pixels against each other, replayed and aligned.</summary>
public sealed class RealSubsTests
{
    /// <summary>Pixels that cover the whole drift: twice the same star would be nearer.</summary>
    private const double Drift = 22;

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task The_stack_of_real_subs_has_a_third_of_the_noise_stars_as_sharp_and_none_twice()
    {
        var folder = TestData.Recorded("m94-subs");
        using var sub = FirstSub(folder);
        await using var simulator = await Start.SimulatorAsync(Start.Small with { ReplayDirectory = folder, StartStacking = true }, _clock);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 12);

        using var stack = simulator.CopyStack()!;

        var ofSub = Noise(sub);
        Assert.All(Noise(stack).Zip(ofSub, (one, other) => one / other), ratio => Assert.InRange(ratio, 0.25, 0.36));

        var (before, after) = (StarFinder.Find(sub), StarFinder.Find(stack));
        var solved = TransformSolver.Solve(before, after);
        Assert.NotNull(solved);
        Assert.InRange(double.Hypot(solved.Transform.X, solved.Transform.Y), 0, 0.2);
        Assert.InRange(solved.Matches.Count, 60, before.Count);
        var (wasWide, isWide) = (Median(solved.Matches.Select(match => match.Reference.Fwhm)), Median(solved.Matches.Select(match => match.Star.Fwhm)));
        Assert.InRange(isWide / wasWide, 0.8, 1.15);
        Assert.Empty(Doubles(solved.Matches, before, after));
    }

    /// <summary>Stars of the stack that stand beside one well seen in the sub, with a fifth of its light or more, where the sub has none.</summary>
    private static IEnumerable<DetectedStar> Doubles(
        IEnumerable<StarMatch> matches, IReadOnlyList<DetectedStar> before, IReadOnlyList<DetectedStar> after) =>
        from match in matches
        where match.Reference.Snr > 10
        from star in after
        where star != match.Star && Distance(star, match.Star) < Drift && star.Flux > 0.2 * match.Star.Flux
        where !before.Any(other => Distance(other, star) < 2)
        select star;

    private static double Distance(DetectedStar one, DetectedStar other) => double.Hypot(one.X - other.X, one.Y - other.Y);

    /// <summary>The noise of each colour's means over 4 × 4 pixels.</summary>
    private static IEnumerable<double> Noise(RgbImage image)
    {
        using var blocks = Binning.Mean(image, 4);
        var samples = blocks.Samples.ToArray();
        return
        [
            .. from channel in Enumerable.Range(0, 3)
               let values = samples.Where((_, i) => i % 3 == channel).Select(sample => (double)sample)
               select Background.Of(values.ToArray()).Noise,
        ];
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private static RgbImage FirstSub(string folder)
    {
        using var stream = File.OpenRead(Directory.GetFiles(folder).Order(StringComparer.Ordinal).First());
        using var raw = (BayerImage)FitsReader.Read(stream).Image;
        return Demosaic.Bilinear(raw);
    }
}
