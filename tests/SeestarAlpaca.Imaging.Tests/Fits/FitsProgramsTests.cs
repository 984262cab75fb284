using System.Globalization;
using System.Text;
using SeestarAlpaca.Imaging.Astrometry;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Tests.Programs;

namespace SeestarAlpaca.Imaging.Tests.Fits;

/// <summary>Our FITS files as programs see them that are not ours.</summary>
public sealed class FitsProgramsTests
{
    /// <summary>Writes the pixels as little-endian numbers, plane after plane.</summary>
    private const string Pixels = """
        import sys, astropy.io.fits
        with astropy.io.fits.open(sys.argv[1]) as f:
            f.verify("exception")
            sys.stdout.buffer.write(f[0].data.astype("<u2").tobytes())
        """;

    private const string Header = """
        import sys, astropy.io.fits
        for card in astropy.io.fits.getheader(sys.argv[1]).cards:
            print(card.keyword, repr(card.value), sep="=")
        """;

    private static readonly PictureDescription Everything = new()
    {
        Camera = "Seestar S50",
        Telescope = "O'Neill's",
        Creator = "SeestarAlpaca 1.0",
        Target = "M 94",
        Filter = "IRCUT",
        Exposures = 12,
        Exposure = TimeSpan.FromSeconds(10),
        Start = new DateTimeOffset(2025, 3, 27, 1, 20, 32, 955, TimeSpan.Zero),
        End = new DateTimeOffset(2025, 3, 27, 2, 23, 10, 0, TimeSpan.FromHours(1)),
        Gain = 80,
        SensorTemperature = 25.125,
        FocalLength = 250,
        Aperture = 50,
        PixelSize = 2.9,
        Position = new EquatorialPosition(192.7214583, 41.1201556),
    };

    [Theory]
    [InlineData("rgb", false)]
    [InlineData("rgb", true)]
    [InlineData("bayer", false)]
    [InlineData("mono", true)]
    public async Task Astropy_reads_the_pixels_that_were_written(string type, bool isCompressed)
    {
        using var image = TestPictures.Linear(type, 101, 57);
        using var folder = new ScratchFolder();
        var path = folder.Write(isCompressed ? "p.fits.gz" : "p.fits", stream =>
        {
            if (isCompressed)
            {
                FitsWriter.WriteGzip(stream, image, Everything.Cards());
            }
            else
            {
                FitsWriter.Write(stream, image, Everything.Cards());
            }
        });

        var read = await OtherProgram.PythonAsync(Pixels, path);

        // Planes of 16-bit numbers: sample by sample.
        var samples = image.Samples.ToArray();
        var channels = image.SamplesPerPixel;
        var expected = Enumerable.Range(0, channels).SelectMany(c => samples.Where((_, i) => i % channels == c)).SelectMany(v => new[] { (byte)v, (byte)(v >> 8) });
        Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData("rgb")]
    [InlineData("bayer")]
    [InlineData("mono")]
    public async Task Fitsverify_has_neither_errors_nor_warnings(string type)
    {
        using var image = TestPictures.Linear(type, 64, 33);
        using var folder = new ScratchFolder();
        var path = folder.Write("p.fits", stream => FitsWriter.Write(stream, image, Everything.Cards()));

        var verdict = await OtherProgram.TextAsync("fitsverify", path);

        Assert.Contains("0 warning(s) and 0 error(s)", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Astropy_reads_the_description_that_was_written()
    {
        using var image = TestPictures.Linear("bayer", 4, 4);
        using var folder = new ScratchFolder();
        var path = folder.Write("p.fits", stream => FitsWriter.Write(stream, image, Everything.Cards()));

        var lines = Encoding.UTF8.GetString(await OtherProgram.PythonAsync(Header, path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            [
                "SIMPLE=True", "BITPIX=16", "NAXIS=2", "NAXIS1=4", "NAXIS2=4", "BZERO=32768", "BSCALE=1", "ROWORDER='TOP-DOWN'", "BAYERPAT='GRBG'",
                "INSTRUME='Seestar S50'", "TELESCOP=\"O'Neill's\"", "CREATOR='SeestarAlpaca 1.0'", "OBJECT='M 94'", "FILTER='IRCUT'", "STACKCNT=12",
                "EXPTIME=10.0", "LIVETIME=120.0", "TOTALEXP=120.0", "TIMESYS='UTC'", "DATE-OBS='2025-03-27T01:20:32.955'",
                "DATE-AVG='2025-03-27T01:21:51.477'", "DATE-END='2025-03-27T01:23:10.000'", "GAIN=80", "CCD-TEMP=25.125", "FOCALLEN=250.0", "APTDIA=50.0",
                "XPIXSZ=2.9", "YPIXSZ=2.9", "RA=192.7214583", "DEC=41.1201556", "RADESYS='FK5'", "EQUINOX=2000.0",
            ],
            lines);
    }

    [Fact]
    public async Task A_whole_stack_is_read_by_astropy_as_it_was_written()
    {
        using var image = TestPictures.Linear("rgb", 1080, 1920);
        using var folder = new ScratchFolder();
        var path = folder.Write("p.fits", stream => FitsWriter.Write(stream, image, []));

        var sums = Encoding.UTF8.GetString(await OtherProgram.PythonAsync(
            """
            import sys, astropy.io.fits
            print(*(int(plane.astype("int64").sum()) for plane in astropy.io.fits.getdata(sys.argv[1])))
            """,
            path));

        long[] expected = new long[3];
        for (var i = 0; i < image.Samples.Length; i++)
        {
            expected[i % 3] += image.Samples[i];
        }

        Assert.Equal(expected, sums.Split(' ').Select(sum => long.Parse(sum, CultureInfo.InvariantCulture)));
    }
}
