using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

/// <summary>The golden bytes of <c>seestar-protocol.md</c> §10; the headers of 01 and 05 were captured from telescopes.</summary>
public class GoldenVectorTests
{
    private const string Preview = "bayer 4x2: 1000 2000 1010 2010 3000 1020 3010 FFE0";
    private const string Stack = "rgb 2x2: 0102 0304 0506 1112 1314 1516 2122 2324 2526 FFE0 8000 0001";

    private static readonly Dictionary<string, string[]> Meanings = new()
    {
        ["01-ack-server-connected.bin"] = ["text server connected!"],
        ["02-preview-4x2-raw.bin"] = [Preview],
        ["03-stacked-2x2-zip.bin"] = [Stack],
        ["04-done-json-preview.bin"] =
            ["text done", """line {"Event":"Alert","Msg":"Exceed the maximum number of connections"}""", Preview],
        ["05-no-image-now.bin"] = ["text there is no image now"],
        ["06-preview-4x2-zip.bin"] = [Preview],
        ["07-stacked-2x2-zip64-descriptor.bin"] = [Stack],
    };

    public static TheoryData<string, int> VectorsInPieces => [.. from name in Meanings.Keys from piece in new[] { 1, 2, 5, 64, 1 << 20 } select (name, piece)];

    [Theory]
    [MemberData(nameof(VectorsInPieces))]
    public async Task A_golden_vector_says_what_it_was_built_to_say_in_whatever_pieces_it_comes(string name, int piece)
    {
        var told = await Feed.InPiecesAsync(
            Resource.Bytes(name), piece, stream => Messages.TellAsync(stream, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(Meanings[name], told);
    }

    [Fact]
    public async Task All_golden_vectors_in_one_stream_are_read_one_after_the_other()
    {
        var bytes = Meanings.Keys.SelectMany(Resource.Bytes).ToArray();

        var told = await Feed.InPiecesAsync(
            bytes, 64, stream => Messages.TellAsync(stream, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(Meanings.Values.SelectMany(meaning => meaning), told);
    }

    [Theory]
    [InlineData("01-ack-server-connected.bin", FrameKind.Text, PayloadForm.Text, 17, 2, 0, 0, 0)]
    [InlineData("02-preview-4x2-raw.bin", FrameKind.Single, PayloadForm.Raw, 16, 21, 4, 2, 675)]
    [InlineData("03-stacked-2x2-zip.bin", FrameKind.Stacked, PayloadForm.Zip, 156, 23, 2, 2, 525)]
    [InlineData("05-no-image-now.bin", FrameKind.Text, PayloadForm.TextError, 21, 23, 0, 0, 0)]
    [InlineData("06-preview-4x2-zip.bin", FrameKind.Single, PayloadForm.Zip, 147, 20, 4, 2, 675)]
    public void A_golden_header_is_read_field_by_field(
        string name, FrameKind kind, PayloadForm form, int length, byte id, int width, int height, int imageId)
    {
        var header = FrameHeader.Parse(Resource.Bytes(name));

        Assert.Equal(new FrameHeader(length, kind, form, id, width, height, kind == FrameKind.Single, imageId), header);
    }

    [Theory]
    [InlineData("01-ack-server-connected.bin")]
    [InlineData("02-preview-4x2-raw.bin")]
    [InlineData("03-stacked-2x2-zip.bin")]
    [InlineData("05-no-image-now.bin")]
    public void A_golden_header_is_written_byte_for_byte(string name)
    {
        var bytes = Resource.Bytes(name);
        var written = new byte[FrameHeader.Length];

        FrameHeader.Parse(bytes).Write(written, bytes[FrameHeader.Length], bytes[^1]);

        Assert.Equal(bytes[..FrameHeader.Length], written);
    }

    [Fact]
    public async Task A_reader_that_took_headers_for_34_bytes_would_see_black_where_the_raw_preview_is()
    {
        var bytes = Resource.Bytes("02-preview-4x2-raw.bin");
        var wrong = bytes[34..(34 + 16)];

        var told = await Messages.TellAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);

        Assert.All(wrong, value => Assert.Equal(0, value));
        Assert.Equal([Preview], told);
    }

    [Fact]
    public async Task The_phase_of_bayer_data_is_what_the_caller_says()
    {
        var reader = new FrameReader(new MemoryStream(Resource.Bytes("06-preview-4x2-zip.bin")));
        var frame = (FrameMessage)(await reader.ReadAsync(TestContext.Current.CancellationToken))!;

        using var image = await new FrameDecoder().DecodeAsync(
            frame.Header, frame.Payload, BayerPhase.Rggb, TestContext.Current.CancellationToken);

        Assert.Equal(BayerPhase.Rggb, Assert.IsType<BayerImage>(image).Phase);
    }
}
