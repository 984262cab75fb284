using System.Globalization;
using System.Text;
using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stars;
using SeestarAlpaca.Imaging.Tests.Programs;

namespace SeestarAlpaca.Imaging.Tests.Stars;

/// <summary>The stars of a real sub, counted and measured by a second program that shares nothing with ours but the definitions.</summary>
public sealed class SecondProgramTests
{
    /// <summary>
    /// Peaks of the picture convolved with a Gaussian, centres of gravity, the sky of each star from a ring around it, and an aperture of a fixed
    /// radius, one and a half times the width of the stars. Prints how many stars have a signal-to-noise ratio of 10, and their median HFD.
    /// </summary>
    private const string Script = """
        import sys
        import numpy as np
        from astropy.convolution import Gaussian2DKernel, convolve_fft
        from astropy.io import fits
        from astropy.stats import mad_std, sigma_clipped_stats

        APERTURE, INNER, OUTER, EDGE, ELECTRONS_PER_ADU = 5.0, 9, 14, 15, 0.078
        with fits.open(sys.argv[1]) as file:
            red, green, blue = file[0].data.astype(float)
        light = (red + 2 * green + blue) / 4
        light -= np.median(light)
        noise = mad_std(light)
        smooth = convolve_fft(light, Gaussian2DKernel(1.4), boundary="wrap")
        height, width = smooth.shape
        inside = smooth[EDGE:-EDGE, EDGE:-EDGE]
        peak = inside > 5 * mad_std(smooth)
        for dy in range(-3, 4):
            for dx in range(-3, 4):
                if dx or dy:
                    peak &= inside > smooth[EDGE + dy:height - EDGE + dy, EDGE + dx:width - EDGE + dx]

        hfds = []
        grid = np.arange(-OUTER, OUTER + 1)
        for y, x in zip(*np.nonzero(peak)):
            y, x = y + EDGE, x + EDGE
            cut = light[y - OUTER:y + OUTER + 1, x - OUTER:x + OUTER + 1]
            centre_x = centre_y = 0.0
            for _ in range(10):
                distance = np.hypot(grid[None, :] - centre_x, grid[:, None] - centre_y)
                value = cut - sigma_clipped_stats(cut[(distance > INNER) & (distance <= OUTER)])[1]
                core = np.where(distance <= 3.5, value, 0)
                if core.sum() <= 0:
                    break
                centre_x, centre_y = (core * grid[None, :]).sum() / core.sum(), (core * grid[:, None]).sum() / core.sum()
            aperture = distance <= APERTURE
            flux = value[aperture].sum()
            if flux > 0 and np.hypot(centre_x, centre_y) < 3:
                if flux / np.sqrt(flux / ELECTRONS_PER_ADU + aperture.sum() * noise ** 2) >= 10:
                    hfds.append(2 * (value * distance)[aperture].sum() / flux)
        print(len(hfds), np.median(hfds))
        """;

    [Theory]
    [InlineData("212046")]
    [InlineData("212300")]
    public async Task Counts_and_widths_of_a_recorded_sub_are_those_of_a_second_program(string time)
    {
        await using var file = File.OpenRead(TestData.Recorded($"m94-subs/Light_M_94_10.0s_IRCUT_20250326-{time}.fit.gz"));
        using var fits = FitsReader.Read(file);
        using var image = Demosaic.Bilinear(Assert.IsType<BayerImage>(fits.Image));
        using var folder = new ScratchFolder();
        var path = folder.Write("sub.fits", stream => FitsWriter.Write(stream, image, []));

        var measures = StarMeasures.Of(image);
        var printed = Encoding.UTF8.GetString(await OtherProgram.PythonAsync(Script, path)).Split(' ');

        var (count, hfd) = (double.Parse(printed[0], CultureInfo.InvariantCulture), double.Parse(printed[1], CultureInfo.InvariantCulture));
        Assert.InRange(measures.Measured / count, 0.75, 1.25);
        Assert.InRange(measures.Hfd!.Value / hfd, 0.9, 1.1);
    }

    /// <summary>What is a star in one sub is one in the next, some pixels away; what is noise is not.</summary>
    [Fact]
    public void Faint_stars_of_a_recorded_sub_are_found_again_in_another()
    {
        var (one, other) = (Stars("212046"), Stars("212119"));

        var transform = Imaging.Registration.TransformSolver.Solve(one, other)!.Transform;

        var within = one.Select(star => transform.Apply(star.X, star.Y)).Where(p => p.X is > 10 and < 1070 && p.Y is > 10 and < 1910).ToList();
        var again = within.Count(place => other.Any(star => double.Hypot(star.X - place.X, star.Y - place.Y) < 2));
        Assert.True(again >= 0.75 * within.Count, $"{again} of {within.Count}");
    }

    private static IReadOnlyList<DetectedStar> Stars(string time)
    {
        using var file = File.OpenRead(TestData.Recorded($"m94-subs/Light_M_94_10.0s_IRCUT_20250326-{time}.fit.gz"));
        using var fits = FitsReader.Read(file);
        using var image = Demosaic.Bilinear(Assert.IsType<BayerImage>(fits.Image));
        return StarFinder.Find(image);
    }
}
