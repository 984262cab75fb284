using System.Text;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Fits;

public sealed class FitsWriterTests
{
    [Fact]
    public void A_raw_exposure_is_written_byte_for_byte()
    {
        using var image = TestImages.Bayer(2, BayerPhase.Grbg, 0, 1, 32768, 65535);

        var file = Write(image, [new FitsCard("GAIN", 80), FitsCard.Commentary("COMMENT", "by hand")]);

        string[] lines =
        [
            "SIMPLE  =                    T / file conforms to FITS standard",
            "BITPIX  =                   16 / bits per sample",
            "NAXIS   =                    2 / number of axes",
            "NAXIS1  =                    2 / width in pixels",
            "NAXIS2  =                    2 / height in pixels",
            "BZERO   =                32768 / unsigned 16-bit samples",
            "BSCALE  =                    1",
            "ROWORDER= 'TOP-DOWN'           / the first row is the top one",
            "BAYERPAT= 'GRBG    '           / colours of the first 2 x 2 pixels",
            "GAIN    =                   80",
            "COMMENT by hand",
        ];
        Assert.Equal([.. FitsBytes.File(lines, -32768, -32767, 0, 32767), .. new byte[2880 - 8]], file);
    }

    [Fact]
    public void Colours_are_written_as_three_planes()
    {
        using var image = TestImages.Rgb(2, 1, 2, 3, 4, 5, 6);

        var file = Write(image, []);

        Assert.Equal(2 * 2880, file.Length);
        var header = Encoding.ASCII.GetString(file, 0, 2880);
        Assert.Contains("NAXIS   =                    3", header, StringComparison.Ordinal);
        Assert.Contains("NAXIS3  =                    3", header, StringComparison.Ordinal);
        Assert.DoesNotContain("BAYERPAT", header, StringComparison.Ordinal);
        Assert.Equal([0x80, 1, 0x80, 4, 0x80, 2, 0x80, 5, 0x80, 3, 0x80, 6], file[2880..2892]);
    }

    [Fact]
    public void What_is_written_reads_the_same()
    {
        var random = new Random(16);
        for (var i = 0; i < 30; i++)
        {
            var (width, height) = (random.Next(1, 60), random.Next(1, 60));
            using Image16 image = (i % 3) switch
            {
                0 => TestImages.Random(new BayerImage(width, height, (BayerPhase)random.Next(4)), random),
                1 => TestImages.Random(new MonoImage(width, height), random),
                _ => TestImages.Random(new RgbImage(width, height), random),
            };

            var file = Write(image, [new FitsCard("EXPTIME", 10.0)]);
            using var back = FitsReader.Read(new MemoryStream(file));

            Assert.Equal(0, file.Length % 2880);
            Assert.IsType(image.GetType(), back.Image);
            Assert.Equal((image as BayerImage)?.Phase, (back.Image as BayerImage)?.Phase);
            Assert.Equal((width, height), (back.Image.Width, back.Image.Height));
            Assert.Equal(image.Samples, back.Image.Samples);
            Assert.Equal(10.0, back.Header.GetDouble("EXPTIME"));
        }
    }

    [Theory]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(28)]
    public void Headers_that_just_fill_a_block_and_just_do_not_are_padded(int extraCards)
    {
        using var image = TestImages.Mono(1, 7);

        var file = Write(image, Enumerable.Range(0, extraCards).Select(i => new FitsCard($"CARD{i}", i)));

        // Eight cards of the picture and END.
        Assert.Equal((extraCards <= 27 ? 2 : 3) * 2880, file.Length);
        Assert.Equal(extraCards - 1, FitsReader.Read(new MemoryStream(file)).Header.GetInteger($"CARD{extraCards - 1}"));
    }

    [Fact]
    public void Pixels_that_just_fill_a_block_get_no_padding()
    {
        using var image = new MonoImage(1440, 1);

        Assert.Equal(2 * 2880, Write(image, []).Length);
    }

    [Fact]
    public void Cards_of_a_file_that_was_read_can_be_handed_on_to_another_picture()
    {
        var lines = FitsBytes.Lines([2, 2], "BAYERPAT= 'GBRG'", "XBAYROFF= 1", "ROWORDER= 'BOTTOM-UP'", "GAIN    = 80", "COMMENT  kept");
        using var fits = FitsReader.Read(new MemoryStream(FitsBytes.File(lines, 1, 2, 3, 4)));
        using var colour = TestImages.Rgb(1, 1, 2, 3);

        using var back = FitsReader.Read(new MemoryStream(Write(colour, fits.Header.Cards)));

        Assert.Equal<ushort>([1, 2, 3], back.Image.Samples.ToArray());
        Assert.Equal(80, back.Header.GetInteger("GAIN"));
        Assert.Contains(back.Header.Cards, card => card is { Keyword: "COMMENT", Comment: " kept" });
        Assert.Null(back.Header.Find("BAYERPAT"));
        Assert.Null(back.Header.Find("XBAYROFF"));
        Assert.Equal("TOP-DOWN", back.Header.GetString("ROWORDER"));
        Assert.Single(back.Header.Cards, card => card.Keyword == "NAXIS1");
    }

    private static byte[] Write(Image16 image, IEnumerable<FitsCard> cards)
    {
        using var stream = new MemoryStream();
        FitsWriter.Write(stream, image, cards);
        return stream.ToArray();
    }
}
