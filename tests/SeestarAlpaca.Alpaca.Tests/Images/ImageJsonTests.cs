using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Http;
using SeestarAlpaca.Alpaca.Images;

namespace SeestarAlpaca.Alpaca.Tests.Images;

/// <summary>Images as JSON (alpaca-camera.md §4.4).</summary>
public sealed class ImageJsonTests
{
    private static readonly TransactionIds Ids = new(0, 5, 300);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_image_is_written_to_the_letter()
    {
        using var image = new AlpacaImage(2, 3, 1, new ushort[] { 1, 20, 300, 4000, 50000, 0 });

        Assert.Equal(
            """{"Type":2,"Rank":2,"Value":[[1,20,300],[4000,50000,0]],"ClientTransactionID":5,"ServerTransactionID":300,"ErrorNumber":0,"ErrorMessage":""}""",
            Encoding.UTF8.GetString(await WriteAsync(image)));
    }

    [Fact]
    public async Task A_small_colour_image_is_written_to_the_letter()
    {
        using var image = new AlpacaImage(2, 2, 3, new ushort[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 });

        Assert.StartsWith(
            """{"Type":2,"Rank":3,"Value":[[[1,2,3],[4,5,6]],[[7,8,9],[10,11,12]]],"ClientTransactionID":5""",
            Encoding.UTF8.GetString(await WriteAsync(image)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_beyond_16_bits_are_written_as_they_are()
    {
        using var image = new AlpacaImage(2, 1, 1, (ReadOnlyMemory<int>)new[] { int.MinValue, int.MaxValue });

        Assert.Contains("[[-2147483648],[2147483647]]", Encoding.UTF8.GetString(await WriteAsync(image)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(1, 50_000, 1)]
    [InlineData(50_000, 1, 1)]
    [InlineData(401, 307, 1)]
    [InlineData(211, 199, 3)]
    public async Task Every_pixel_is_where_its_indices_say(int width, int height, int planes)
    {
        using var image = TestImages.Make(width, height, planes);

        using var document = JsonDocument.Parse(await WriteAsync(image));

        var columns = document.RootElement.GetProperty("Value").EnumerateArray().ToArray();
        Assert.Equal(width, columns.Length);
        for (var x = 0; x < width; x++)
        {
            var rows = columns[x].EnumerateArray().ToArray();
            var expected = Enumerable.Range(0, height).Select(y => Enumerable.Range(0, planes).Select(p => (int)TestImages.Sample(x, y, p)));
            var actual = rows.Select(pixel => planes == 1 ? [pixel.GetInt32()] : pixel.EnumerateArray().Select(v => v.GetInt32()));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public async Task No_more_is_made_than_the_client_takes()
    {
        using var image = TestImages.Make(500, 500);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: ImageReply.PieceLength, resumeWriterThreshold: 1, useSynchronizationContext: false));

        var writing = WriteAllAsync(pipe.Writer, image);

        while (true)
        {
            var result = await pipe.Reader.ReadAsync(Token);
            Assert.InRange(result.Buffer.Length, 0, 2 * ImageReply.PieceLength);
            pipe.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await writing.WaitAsync(Token);
    }

    private static async Task WriteAllAsync(PipeWriter writer, AlpacaImage image)
    {
        await ImageJson.WriteAsync(writer, image, Ids, Token);
        await writer.CompleteAsync();
    }

    private static async Task<byte[]> WriteAsync(AlpacaImage image)
    {
        var stream = new MemoryStream();
        await WriteAllAsync(PipeWriter.Create(stream), image);
        return stream.ToArray();
    }
}
