using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Tests.Fits;

/// <summary>Subs of M 94 recorded by a Seestar S50 in the night of 26 March 2025, gain 80, 10 s each.</summary>
public sealed class RecordedSubsTests
{
    private const string Sub = "m94-subs/Light_M_94_10.0s_IRCUT_20250326-212046.fit.gz";

    [Fact]
    public void The_header_tells_how_a_recorded_sub_was_taken()
    {
        using var file = File.OpenRead(TestData.Recorded(Sub));

        using var fits = FitsReader.Read(file);

        Assert.Equal(80, fits.Header.GetInteger("GAIN"));
        Assert.Equal(10.0, fits.Header.GetDouble("EXPTIME"));
        Assert.Equal("M 94", fits.Header.GetString("OBJECT"));
        Assert.Equal(193.04166, fits.Header.GetDouble("RA"));
        Assert.True(fits.Header.GetBoolean("SIMPLE"));
        Assert.Equal("2025-03-27T01:20:32.955368", fits.Header.GetString("DATE-OBS"));
    }

    /// <summary>seestar-protocol.md §5.4: greens 997 and 995, red 846, blue 795; the first sub measured to a tenth with another program.</summary>
    [Fact]
    public void The_colours_of_a_recorded_sub_have_the_means_measured_before()
    {
        using var file = File.OpenRead(TestData.Recorded(Sub));
        using var fits = FitsReader.Read(file);
        var image = Assert.IsType<BayerImage>(fits.Image);

        Assert.Equal(BayerPhase.Grbg, image.Phase);
        Assert.Equal((1080, 1920), (image.Width, image.Height));
        Assert.Equal(997.7, Mean(image, 0, 0), 0.05);
        Assert.Equal(845.8, Mean(image, 1, 0), 0.05);
        Assert.Equal(795.3, Mean(image, 0, 1), 0.05);
        Assert.Equal(995.6, Mean(image, 1, 1), 0.05);
    }

    private static double Mean(BayerImage image, int x, int y) =>
        Enumerable.Range(0, image.Height / 2).Average(j => image.Row((2 * j) + y).ToArray().Where((_, i) => (i & 1) == x).Average(v => v));
}
