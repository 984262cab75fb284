using SeestarAlpaca.Conformance.Camera;

namespace SeestarAlpaca.Conformance.Tests.Camera;

public sealed class ExposureRuleTests
{
    private static readonly DateTimeOffset Seen = new(2026, 11, 20, 12, 0, 1, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-20T12:00:00", true)]
    [InlineData("2026-11-20T12:00:00.123", true)]
    [InlineData("2026-11-20T12:00:00.1234567", true)]
    [InlineData("2026-11-20T12:00:00Z", false)]
    [InlineData("2026-11-20T12:00:00+00:00", false)]
    [InlineData("2026-11-20 12:00:00", false)]
    [InlineData("2026-13-20T12:00:00", false)]
    [InlineData("2026-11-20T11:59:50", false)]
    [InlineData("2026-11-20T07:00:00", false)]
    [InlineData("2026-11-20T12:00:09", false)]
    [InlineData("", false)]
    public void A_start_time_has_its_form_and_is_true(string text, bool right) => Assert.Equal(right, ExposureChecks.TimeProblem(text, Seen) is null);

    [Fact]
    public void Bins_are_pairs_where_binning_is_asymmetric()
    {
        var facts = new CameraFacts { MaxBinX = 2, MaxBinY = 2, CanAsymmetricBin = true };

        Assert.Equal([(1, 1), (2, 1), (1, 2), (2, 2)], facts.Bins);
        Assert.Equal([(1, 1), (2, 2)], new CameraFacts { MaxBinX = 2, MaxBinY = 2 }.Bins);
    }

    [Fact]
    public void What_does_not_fill_a_binned_pixel_is_left_out()
    {
        var frame = new CameraFacts { Width = 1080, Height = 1920 }.FullFrame((7, 7));

        Assert.Equal((154, 274), (frame.NumX, frame.NumY));
    }
}
