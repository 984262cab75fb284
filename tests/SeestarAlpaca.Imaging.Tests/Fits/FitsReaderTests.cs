using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Tests.Fits;

public sealed class FitsReaderTests
{
    /// <summary>Stored values that mean 0, 1, 32768 and 65535 with BZERO 32768.</summary>
    private static readonly int[] Ends = [-32768, -32767, 0, 32767];

    [Fact]
    public void Unsigned_pixels_reach_from_0_to_65535()
    {
        using var fits = Read(FitsBytes.File(FitsBytes.Lines([2, 2]), Ends));

        Assert.IsType<MonoImage>(fits.Image);
        Assert.Equal<ushort>([0, 1, 32768, 65535], fits.Image.Samples.ToArray());
    }

    [Fact]
    public void Three_planes_become_pixels_of_red_green_and_blue()
    {
        using var fits = Read(FitsBytes.File(
            FitsBytes.Lines([2, 1, 3], "BAYERPAT= 'GRBG    '"), 1 - 32768, 2 - 32768, 10 - 32768, 20 - 32768, 100 - 32768, 200 - 32768));

        var image = Assert.IsType<RgbImage>(fits.Image);
        Assert.Equal((2, 1), (image.Width, image.Height));
        Assert.Equal<ushort>([1, 10, 100, 2, 20, 200], image.Samples.ToArray());
    }

    [Theory]
    [InlineData("RGGB", BayerPhase.Rggb)]
    [InlineData("GRBG    ", BayerPhase.Grbg)]
    [InlineData("GBRG", BayerPhase.Gbrg)]
    [InlineData("bggr", BayerPhase.Bggr)]
    public void A_bayer_pattern_makes_a_raw_exposure(string pattern, BayerPhase phase)
    {
        using var fits = Read(FitsBytes.File(FitsBytes.Lines([2, 2], $"BAYERPAT= '{pattern}'"), Ends));

        Assert.Equal(phase, Assert.IsType<BayerImage>(fits.Image).Phase);
    }

    [Theory]
    [InlineData(0, 0, BayerPhase.Grbg)]
    [InlineData(1, 0, BayerPhase.Rggb)]
    [InlineData(0, 1, BayerPhase.Bggr)]
    [InlineData(1, 1, BayerPhase.Gbrg)]
    [InlineData(-1, 2, BayerPhase.Rggb)]
    public void Bayer_offsets_shift_the_pattern(int x, int y, BayerPhase phase)
    {
        using var fits = Read(FitsBytes.File(FitsBytes.Lines([2, 2], "BAYERPAT= 'GRBG'", $"XBAYROFF= {x}", $"YBAYROFF= {y}"), Ends));

        Assert.Equal(phase, Assert.IsType<BayerImage>(fits.Image).Phase);
    }

    [Theory]
    [InlineData("TOP-DOWN", 2, new ushort[] { 0, 1, 32768, 65535 }, BayerPhase.Rggb)]
    [InlineData("BOTTOM-UP", 2, new ushort[] { 32768, 65535, 0, 1 }, BayerPhase.Gbrg)]
    [InlineData("BOTTOM-UP", 1, new ushort[] { 65535, 32768, 1, 0 }, BayerPhase.Gbrg)]
    [InlineData("bottom-up", 4, new ushort[] { 0, 1, 32768, 65535 }, BayerPhase.Rggb)]
    public void Rows_stored_from_the_bottom_are_turned_round_with_their_colours(string order, int width, ushort[] samples, BayerPhase phase)
    {
        var lines = FitsBytes.Lines([width, 4 / width], "BAYERPAT= 'RGGB'", $"ROWORDER= '{order}'");

        using var fits = Read(FitsBytes.File(lines, Ends));

        Assert.Equal(samples, fits.Image.Samples.ToArray());
        Assert.Equal(phase, Assert.IsType<BayerImage>(fits.Image).Phase);
    }

    [Fact]
    public void Planes_stored_from_the_bottom_are_turned_round_too()
    {
        using var fits = Read(FitsBytes.File(
            FitsBytes.Lines([1, 2, 3], "ROWORDER= 'BOTTOM-UP'"), 1 - 32768, 2 - 32768, 10 - 32768, 20 - 32768, 100 - 32768, 200 - 32768));

        Assert.Equal<ushort>([2, 20, 200, 1, 10, 100], fits.Image.Samples.ToArray());
    }

    [Fact]
    public void Signed_pixels_are_read_as_long_as_none_is_negative()
    {
        string[] lines = [.. FitsBytes.Lines([2, 1]).Where(line => !line.StartsWith('B') || line.StartsWith("BITPIX", StringComparison.Ordinal))];

        using var fits = Read(FitsBytes.File(lines, 0, 32767));

        Assert.Equal<ushort>([0, 32767], fits.Image.Samples.ToArray());
        var error = Assert.Throws<InvalidDataException>(() => Read(FitsBytes.File(lines, 0, -1)));
        Assert.Contains("negative", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_within_gzip_is_recognised_by_its_first_bytes()
    {
        using var fits = Read(FitsBytes.Gzip(FitsBytes.File(FitsBytes.Lines([2, 2]), Ends)));

        Assert.Equal<ushort>([0, 1, 32768, 65535], fits.Image.Samples.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    public void Bytes_may_come_in_pieces_of_any_size_and_without_a_seek(int piece)
    {
        var file = FitsBytes.File(FitsBytes.Lines([2, 2]), Ends);

        using var plain = FitsReader.Read(new PieceStream(file, piece));
        using var zipped = FitsReader.Read(new PieceStream(FitsBytes.Gzip(file), piece));

        Assert.Equal<ushort>([0, 1, 32768, 65535], plain.Image.Samples.ToArray());
        Assert.Equal<ushort>([0, 1, 32768, 65535], zipped.Image.Samples.ToArray());
    }

    [Fact]
    public void The_stream_stays_open()
    {
        using var stream = new MemoryStream(FitsBytes.File(FitsBytes.Lines([2, 2]), Ends));

        FitsReader.Read(stream).Dispose();

        Assert.True(stream.CanRead);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Theory]
    [InlineData(2879, "inside its header")]
    [InlineData(2880, "row 1 of 2 of plane 1 of 1")]
    [InlineData(2887, "row 2 of 2 of plane 1 of 1")]
    public void A_file_that_ends_early_is_an_error(int length, string where)
    {
        var file = FitsBytes.File(FitsBytes.Lines([2, 2]), Ends);

        var plain = Assert.Throws<EndOfStreamException>(() => Read(file[..length]));
        var zipped = Assert.Throws<EndOfStreamException>(() => Read(FitsBytes.Gzip(file[..length])));

        Assert.Contains(where, plain.Message, StringComparison.Ordinal);
        Assert.Contains(where, zipped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_file_that_ends_early_is_an_error()
    {
        var random = new Random(4);
        var stored = Enumerable.Range(0, 10_000).Select(_ => random.Next(65536)).ToArray();
        var zipped = FitsBytes.Gzip(FitsBytes.File(FitsBytes.Lines([100, 100]), stored));

        Assert.Throws<EndOfStreamException>(() => Read(zipped[..(zipped.Length / 2)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2880)]
    public void What_does_not_begin_with_SIMPLE_is_no_FITS_file(int length)
    {
        Assert.Contains("no FITS file", Assert.Throws<InvalidDataException>(() => Read(new byte[length])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_end_is_given_up_after_200_blocks()
    {
        var lines = FitsBytes.Lines([2, 2]).Concat(Enumerable.Repeat("COMMENT on and on", 200 * 36));

        var error = Assert.Throws<InvalidDataException>(() => Read(FitsBytes.File(lines, Ends)));

        Assert.Contains("200 blocks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_of_200_blocks_is_read()
    {
        var lines = FitsBytes.Lines([2, 2]);
        var filled = lines.Concat(Enumerable.Repeat("COMMENT on and on", (200 * 36) - lines.Length - 1));

        using var fits = Read(FitsBytes.File(filled, Ends));

        Assert.Equal((200 * 36) - 1, fits.Header.Cards.Count);
    }

    [Theory]
    [InlineData("BITPIX  =                   16", "BITPIX  =                  -32", "BITPIX is -32; only 16 is read")]
    [InlineData("BITPIX  =                   16", "BITPIX  = 'sixteen'", "no whole number for BITPIX")]
    [InlineData("NAXIS   =                    2", "NAXIS   =                    0", "NAXIS is 0")]
    [InlineData("NAXIS   =                    2", "NAXIS   =                    3", "no whole number for NAXIS3")]
    [InlineData("NAXIS1  =                    2", "NAXIS1  =                16385", "NAXIS1 is 16385; 1 to 16384")]
    [InlineData("NAXIS2  =                    2", "NAXIS2  =                    0", "NAXIS2 is 0; 1 to 16384")]
    [InlineData("NAXIS2  =                    2", "NAXIS2  =  9223372036854775807", "NAXIS2 is 9223372036854775807")]
    [InlineData("BZERO   =                32768", "BZERO   =                  100", "BSCALE is 1 and BZERO 100")]
    [InlineData("BSCALE  =                    1", "BSCALE  =                  2.5", "BSCALE is 2.5 and BZERO 32768")]
    [InlineData("BSCALE  =                    1", "BAYERPAT= 'XTRANS'", "BAYERPAT is 'XTRANS'")]
    public void Pixels_of_another_kind_are_refused_with_the_reason(string line, string instead, string reason)
    {
        var lines = FitsBytes.Lines([2, 2]).Select(l => l == line ? instead : l).ToArray();
        Assert.Contains(instead, lines);

        var error = Assert.Throws<InvalidDataException>(() => Read(FitsBytes.File(lines, Ends)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_planes_are_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(FitsBytes.File(FitsBytes.Lines([1, 1, 4]), Ends)));

        Assert.Contains("NAXIS3 is 4", error.Message, StringComparison.Ordinal);
    }

    private static FitsImage Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return FitsReader.Read(stream);
    }

    /// <summary>Gives at most so many bytes at a time and cannot seek, as a socket.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(piece, count));
    }
}
