using SeestarAlpaca.Conformance.ImageBytes;
using SeestarAlpaca.Conformance.Tests.BrokenServers;

namespace SeestarAlpaca.Conformance.Tests.ImageBytes;

public sealed class PictureTests
{
    [Fact]
    public void The_first_pixel_that_differs_is_told()
    {
        var picture = new Picture(2, 2, 3, 1, [1, 2, 3, 4, 5, 6]);

        Assert.Null(picture.DifferenceTo(picture with { Values = [1, 2, 3, 4, 5, 6] }));
        Assert.Equal("at x 1, y 1, plane 0: 5 against 0", picture.DifferenceTo(picture with { Values = [1, 2, 3, 4, 0, 6] }));
        Assert.Equal("2 × 3 against 3 × 2", picture.DifferenceTo(picture with { Width = 3, Height = 2 }));
    }

    /// <summary>Transposed, mirrored left to right, mirrored top to bottom, what is seen.</summary>
    [Theory]
    [InlineData(false, false, false, "upright")]
    [InlineData(false, true, false, "mirrored left to right")]
    [InlineData(false, false, true, "upside down")]
    [InlineData(false, true, true, "turned by 180°")]
    [InlineData(true, false, false, "transposed")]
    public void A_letter_F_tells_how_it_was_turned(bool transposed, bool mirrored, bool upsideDown, string seen)
    {
        var letter = Letter();
        var (width, height) = transposed ? (letter.Height, letter.Width) : (letter.Width, letter.Height);
        var values = Enumerable.Range(0, letter.Values.Length).Select(i => (X: i / height, Y: i % height))
            .Select(p => transposed ? (X: p.Y, Y: p.X) : p)
            .Select(p => letter[mirrored ? letter.Width - 1 - p.X : p.X, upsideDown ? letter.Height - 1 - p.Y : p.Y]);

        Assert.Equal(seen, LetterF.Describe(new Picture(2, width, height, 1, [.. values])));
    }

    [Fact]
    public void A_flat_picture_shows_no_letter() => Assert.NotEqual("upright", LetterF.Describe(new Picture(2, 20, 30, 1, new int[600])));

    [Fact]
    public void A_bright_square_is_no_letter()
    {
        var values = Enumerable.Range(0, 900).Select(i => i / 30 is > 5 and < 25 && i % 30 is > 5 and < 25 ? 1000 : 0);

        Assert.Equal("without a letter F", LetterF.Describe(new Picture(2, 30, 30, 1, [.. values])));
    }

    private static Picture Letter()
    {
        var (values, rank, width, height) = FakePicture.Take(FakeModel.Plain, new FakeFrame(1, 1, 0, 0, FakeModel.Plain.Width, FakeModel.Plain.Height));
        return new Picture(rank, width, height, 1, values);
    }
}
