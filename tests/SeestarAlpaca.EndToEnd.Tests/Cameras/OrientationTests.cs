using System.Buffers.Binary;
using System.Text;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Cameras;

/// <summary>A letter in the sky comes out as it was drawn, whichever way it goes.</summary>
public sealed class OrientationTests
{
    private const int FitsBlock = 2880;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_letter_F_is_upright_over_ImageBytes_and_over_JSON(uint camera)
    {
        await using var observatory = await StartAsync();
        var client = observatory.Client(camera, 11);
        await client.ConnectAsync();
        AlpacaClient.Require(await client.ExposeAsync(0.05));

        foreach (var picture in new[] { await client.DownloadBytesAsync(), await client.DownloadJsonAsync() })
        {
            LetterF.AssertUpright(picture.Width, picture.Height, (x, y) => picture[x, y]);
        }
    }

    [Fact]
    public async Task The_letter_F_is_upright_in_FITS_whose_first_row_is_the_top()
    {
        await using var observatory = await StartAsync();

        var file = await observatory.Http.GetByteArrayAsync($"web/v1/telescopes/{observatory.Telescope.Record.Id}/stack.fits", TestContext.Current.CancellationToken);
        var cards = Enumerable.Range(0, file.Length / 80).Select(i => Encoding.ASCII.GetString(file, i * 80, 80)).TakeWhile(card => !card.StartsWith("END ", StringComparison.Ordinal)).ToList();
        var data = ((cards.Count / 36) + 1) * FitsBlock;

        Assert.Contains(cards, card => card.StartsWith("ROWORDER= 'TOP-DOWN'", StringComparison.Ordinal));
        Assert.Contains(cards, card => card.StartsWith("NAXIS1  =                  108", StringComparison.Ordinal));
        LetterF.AssertUpright(108, 192, (x, y) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(data + (2 * ((y * 108) + x)))));
    }

    [Fact]
    public async Task The_letter_F_is_upright_in_the_pages_picture()
    {
        await using var observatory = await StartAsync();

        var picture = PngFile.Read(await observatory.Http.GetByteArrayAsync(
            $"web/v1/telescopes/{observatory.Telescope.Record.Id}/stack.png", TestContext.Current.CancellationToken));

        LetterF.AssertUpright(picture.Width, picture.Height, (x, y) => picture.Samples[((y * picture.Width) + x) * 3]);
    }

    private static async Task<Observatory> StartAsync()
    {
        var observatory = await Observatory.StartAsync([Observatory.FastTelescope with { Sky = SyntheticSkyKind.LetterF, Subs = 2 }]);
        await observatory.LookAsync(2);
        return observatory;
    }
}
