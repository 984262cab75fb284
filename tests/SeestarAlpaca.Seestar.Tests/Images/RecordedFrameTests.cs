using System.IO.Compression;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

/// <summary>A raw preview payload as an S30 sent it (<c>seestar-protocol.md</c> §5.4), without its header.</summary>
public class RecordedFrameTests
{
    [Fact]
    public async Task A_recorded_preview_has_its_greens_on_the_diagonal_as_GRBG_says()
    {
        var payload = await ReadPayloadAsync();
        var bytes = FrameBytes.Picture(FrameKind.Single, PayloadForm.Raw, 21, 1080, 1920, payload);

        using var image = await Feed.InPiecesAsync(bytes, 524_288, DecodeAsync, TestContext.Current.CancellationToken);

        Assert.Equal((1080, 1920), (image.Width, image.Height));
        Assert.Equal([65492, 62713, 40421, 65491], Means(image));
    }

    private static async Task<byte[]> ReadPayloadAsync()
    {
        await using var file = File.OpenRead(TestData.Recorded("frames/preview-1080x1920-rawbayer.bin.gz"));
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var payload = new MemoryStream();
        await unpacked.CopyToAsync(payload, TestContext.Current.CancellationToken);
        return payload.ToArray();
    }

    private static async Task<Image16> DecodeAsync(Stream stream)
    {
        var frame = (FrameMessage)(await new FrameReader(stream).ReadAsync(TestContext.Current.CancellationToken))!;
        return await new FrameDecoder().DecodeAsync(frame.Header, frame.Payload, BayerPhase.Grbg, TestContext.Current.CancellationToken);
    }

    /// <summary>Means of the four pixels of a colour cell: (0,0), (1,0), (0,1), (1,1).</summary>
    private static int[] Means(Image16 image)
    {
        var sums = new double[4];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                sums[(2 * (y & 1)) + (x & 1)] += row[x];
            }
        }

        return [.. sums.Select(sum => (int)Math.Round(sum / (image.Width * image.Height / 4)))];
    }
}
