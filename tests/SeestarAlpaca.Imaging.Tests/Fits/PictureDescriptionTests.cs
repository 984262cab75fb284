using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Fits;

public sealed class PictureDescriptionTests
{
    [Fact]
    public void What_is_unknown_gets_no_card()
    {
        Assert.Empty(new PictureDescription().Cards());
        Assert.Empty(new PictureDescription { Target = " ", Camera = string.Empty, FocalLength = double.NaN }.Cards());
    }

    [Fact]
    public void One_exposure_is_told_apart_from_all_of_them()
    {
        var alone = new PictureDescription { Exposure = TimeSpan.FromSeconds(20) }.Cards().ToList();
        var stack = new PictureDescription { Exposure = TimeSpan.FromSeconds(20), Exposures = 3 }.Cards().ToDictionary(card => card.Keyword);

        Assert.Equal(("EXPTIME", 20.0), (Assert.Single(alone).Keyword, alone[0].GetDouble()));
        Assert.Equal((20.0, 60.0, 60.0, 3L), (stack["EXPTIME"].GetDouble(), stack["LIVETIME"].GetDouble(), stack["TOTALEXP"].GetDouble(), stack["STACKCNT"].GetInteger()));
    }

    [Fact]
    public void The_middle_needs_both_ends()
    {
        var end = DateTimeOffset.UnixEpoch.AddSeconds(10);

        var cards = new PictureDescription { End = end }.Cards().Select(card => card.Keyword);
        var both = new PictureDescription { Start = DateTimeOffset.UnixEpoch, End = end }.Cards().ToDictionary(card => card.Keyword, card => card.GetString());

        Assert.Equal(["TIMESYS", "DATE-END"], cards);
        Assert.Equal("1970-01-01T00:00:05.000", both["DATE-AVG"]);
    }

    [Theory]
    [InlineData("SITELAT")]
    [InlineData("SITELONG")]
    [InlineData("OBSGEO-B")]
    public void Where_the_observer_lives_is_not_handed_on(string keyword)
    {
        using var image = TestImages.Mono(1, 7);
        using var stream = new MemoryStream();

        FitsWriter.Write(stream, image, [new FitsCard(keyword, 47.5), new FitsCard("GAIN", 80)]);

        stream.Position = 0;
        using var fits = FitsReader.Read(stream);
        Assert.Null(fits.Header.Find(keyword));
        Assert.Equal(80, fits.Header.GetInteger("GAIN"));
    }

    [Theory]
    [InlineData("rgb", 7, 5, 0)]
    [InlineData("mono", 1440, 1, 3)]
    [InlineData("bayer", 100, 100, 60)]
    public void The_length_is_known_beforehand(string type, int width, int height, int cards)
    {
        using var image = Programs.TestPictures.Linear(type, width, height);
        FitsCard[] extra = [.. Enumerable.Range(0, cards).Select(i => new FitsCard($"CARD{i}", i))];
        using var stream = new MemoryStream();

        FitsWriter.Write(stream, image, extra);

        Assert.Equal(stream.Length, FitsWriter.LengthOf(image, extra));
    }

    [Fact]
    public void A_file_within_gzip_is_read_as_it_was_written()
    {
        using var image = Programs.TestPictures.Linear("rgb", 31, 17);
        using var stream = new MemoryStream();

        FitsWriter.WriteGzip(stream, image, [new FitsCard("GAIN", 80)]);

        stream.Position = 0;
        using var fits = FitsReader.Read(stream);
        Assert.Equal(image.Samples, fits.Image.Samples);
        Assert.Equal(80, fits.Header.GetInteger("GAIN"));
    }
}
