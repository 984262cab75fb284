using System.Buffers.Binary;
using System.IO.Pipelines;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Http;
using SeestarAlpaca.Alpaca.Images;

namespace SeestarAlpaca.Alpaca.Tests.Images;

/// <summary>The bytes of ImageBytes (alpaca-camera.md §4.3).</summary>
public sealed class ImageBytesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_header_of_the_worked_example_is_made_byte_for_byte()
    {
        using var image = new AlpacaImage(1920, 1080, 1, new ushort[1920 * 1080]);
        var header = new byte[44];

        ImageBytes.WriteHeader(header, image, new TransactionIds(Client: 9, ClientTransaction: 5, ServerTransaction: 300));

        Assert.Equal(
            Convert.FromHexString(
                "01000000" + "00000000" + "05000000" + "2C010000" + "2C000000" + "02000000" + "08000000" + "02000000" + "80070000" + "38040000" + "00000000"),
            header);
        Assert.Equal(4_147_244, ImageBytes.Length(image));
    }

    [Fact]
    public void Colour_has_rank_3_and_three_planes_and_IDs_use_their_whole_range()
    {
        using var image = TestImages.Make(5, 4, 3);
        var header = new byte[44];

        ImageBytes.WriteHeader(header, image, new TransactionIds(0, uint.MaxValue, 4_000_000_000));

        Assert.Equal(
            [1, 0, uint.MaxValue, 4_000_000_000, 44, 2, 8, 3, 5, 4, 3],
            Enumerable.Range(0, 11).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4 * i))));
        Assert.Equal(44 + (5 * 4 * 3 * 2), ImageBytes.Length(image));
    }

    [Fact]
    public async Task Samples_beyond_16_bits_travel_as_Int32()
    {
        using var image = new AlpacaImage(1, 2, 1, (ReadOnlyMemory<int>)new[] { -1, 0x12345678 });

        var body = await WriteAsync(image);

        Assert.Equal(ImageBytes.Length(image), body.Length);
        Assert.Equal(2, body[24]);
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF, 0x78, 0x56, 0x34, 0x12], body[44..]);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 2, 3)]
    [InlineData(401, 307, 1)]
    [InlineData(211, 199, 3)]
    public async Task Samples_follow_with_the_rightmost_index_running_fastest(int width, int height, int planes)
    {
        using var image = TestImages.Make(width, height, planes);

        var body = await WriteAsync(image);

        Assert.Equal(TestImages.Bytes(width, height, planes), body[44..]);
    }

    [Fact]
    public void A_machine_of_the_other_byte_order_sends_the_same_bytes()
    {
        ushort[] narrow = [0x0102, 0xFFFE, 0];
        int[] wide = [0x01020304, -2];
        var bytes = new byte[6 + 8];

        ImageBytes.CopySamples<ushort>(narrow, bytes, alike: false);
        ImageBytes.CopySamples<int>(wide, bytes.AsSpan(6), alike: false);

        Assert.Equal([2, 1, 0xFE, 0xFF, 0, 0, 4, 3, 2, 1, 0xFE, 0xFF, 0xFF, 0xFF], bytes);
    }

    [Fact]
    public async Task No_more_is_made_than_the_client_takes()
    {
        using var image = TestImages.Make(1000, 1000);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: ImageReply.PieceLength, resumeWriterThreshold: 1, useSynchronizationContext: false));

        var writing = ImageBytes.WriteAsync(pipe.Writer, image, default, Token);

        var received = 0L;
        while (received < ImageBytes.Length(image))
        {
            var result = await pipe.Reader.ReadAsync(Token);
            Assert.InRange(result.Buffer.Length, 1, ImageReply.PieceLength + ImageBytes.HeaderLength);
            Assert.True(received > 0 || !writing.IsCompleted);
            received += result.Buffer.Length;
            pipe.Reader.AdvanceTo(result.Buffer.End);
        }

        await writing.WaitAsync(Token);
    }

    [Fact]
    public async Task Writing_ends_when_the_reader_has_gone()
    {
        using var image = TestImages.Make(1000, 1000);
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();

        await ImageBytes.WriteAsync(pipe.Writer, image, default, Token).WaitAsync(Token);
    }

    private static async Task<byte[]> WriteAsync(AlpacaImage image)
    {
        var stream = new MemoryStream();
        var writer = PipeWriter.Create(stream);
        await ImageBytes.WriteAsync(writer, image, default, Token);
        await writer.CompleteAsync();
        return stream.ToArray();
    }
}
