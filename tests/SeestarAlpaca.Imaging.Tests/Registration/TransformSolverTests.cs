using SeestarAlpaca.Imaging.Registration;
using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Tests.Registration;

public sealed class TransformSolverTests
{
    private const int Width = 1080;
    private const int Height = 1920;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.0003, 8.72, -10.1)]
    [InlineData(0.05, -40.5, 33.3)]
    [InlineData(1.2, 900, 150)]
    [InlineData(3.1, 1100, 1950)]
    public void Any_rotation_and_translation_is_found_though_stars_are_missing_and_others_are_false(double rotation, double offX, double offY)
    {
        var truth = new RigidTransform(rotation, offX, offY);
        var random = new Random(11);
        var reference = Field(random, 60);
        var kept = Moved(reference.Where((_, i) => i % 3 != 0), truth, random, jitter: 0.15);
        var stars = ByFlux([.. kept, .. Field(random, 20)]);

        var solved = TransformSolver.Solve(reference, stars);

        Assert.NotNull(solved);
        Assert.InRange(solved.Matches.Count, 37, 42);
        Assert.InRange(solved.Rms, 0.05, 0.4);
        Assert.Equal(1, solved.Scale, 0.001);
        foreach (var (x, y) in new[] { (0, 0), (Width, 0), (0, Height), (Width, Height) })
        {
            var (expected, found) = (truth.Apply(x, y), solved.Transform.Apply(x, y));
            Assert.InRange(double.Hypot(found.X - expected.X, found.Y - expected.Y), 0, 0.25);
        }
    }

    [Fact]
    public void A_star_that_is_off_is_left_out()
    {
        var random = new Random(3);
        var reference = Field(random, 30);
        var stars = Moved(reference, new RigidTransform(0.01, 5, 5), random, jitter: 0.05);
        stars[4] = stars[4] with { X = stars[4].X + 1.5 };

        var solved = TransformSolver.Solve(reference, stars)!;

        Assert.Equal(29, solved.Matches.Count);
        Assert.DoesNotContain(solved.Matches, match => match.Star == stars[4]);
        Assert.InRange(solved.Rms, 0, 0.1);
    }

    [Fact]
    public void Each_match_names_the_same_star_of_both_lists()
    {
        var random = new Random(4);
        var reference = Field(random, 30);
        var stars = Moved(reference, new RigidTransform(0.4, 300, -200), random, jitter: 0.05);

        var solved = TransformSolver.Solve(reference, ByFlux(stars))!;

        Assert.Equal(reference.Zip(stars, (one, other) => new StarMatch(one, other)), solved.Matches);
    }

    [Fact]
    public void Six_stars_are_enough_and_five_are_not()
    {
        var random = new Random(5);
        var reference = Field(random, 6);
        var stars = Moved(reference, new RigidTransform(0.1, 20, 30), random, jitter: 0.1);

        Assert.Equal(6, TransformSolver.Solve(reference, stars)?.Matches.Count);
        Assert.Null(TransformSolver.Solve(reference.Take(5).ToList(), stars));
        Assert.Null(TransformSolver.Solve(reference, stars.Take(5).ToList()));
        Assert.Null(TransformSolver.Solve([], []));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(200)]
    public void Different_fields_have_no_transform(int count)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);

            Assert.Null(TransformSolver.Solve(Field(random, count), Field(random, count)));
        }
    }

    [Fact]
    public void A_mirrored_field_has_no_transform()
    {
        var reference = Field(new Random(6), 50);

        Assert.Null(TransformSolver.Solve(reference, [.. reference.Select(star => star with { X = Width - star.X })]));
    }

    [Theory]
    [InlineData(1.02)]
    [InlineData(0.9)]
    public void A_field_of_another_scale_has_no_transform(double scale)
    {
        var reference = Field(new Random(7), 50);

        Assert.Null(TransformSolver.Solve(reference, [.. reference.Select(star => star with { X = scale * star.X, Y = scale * star.Y })]));
    }

    [Fact]
    public void Stars_all_at_one_place_have_no_transform()
    {
        var stars = Enumerable.Repeat(Star(5, 5, 1), 10).ToList();

        Assert.Null(TransformSolver.Solve(stars, stars));
    }

    private static List<DetectedStar> Field(Random random, int count) =>
        ByFlux(from _ in Enumerable.Range(0, count)
               select Star(random.NextDouble() * Width, random.NextDouble() * Height, 1000 / (0.01 + random.NextDouble())));

    private static List<DetectedStar> Moved(IEnumerable<DetectedStar> stars, RigidTransform transform, Random random, double jitter) =>
    [
        .. stars.Select(star =>
        {
            var (x, y) = transform.Apply(star.X, star.Y);
            return star with
            {
                X = x + (jitter * ((2 * random.NextDouble()) - 1)),
                Y = y + (jitter * ((2 * random.NextDouble()) - 1)),
                Flux = star.Flux * (0.8 + (0.4 * random.NextDouble())),
            };
        }),
    ];

    private static List<DetectedStar> ByFlux(IEnumerable<DetectedStar> stars) => [.. stars.OrderByDescending(star => star.Flux)];

    private static DetectedStar Star(double x, double y, double flux) => new(x, y, flux, flux / 10, 3, 3, 0, 20, false);
}
