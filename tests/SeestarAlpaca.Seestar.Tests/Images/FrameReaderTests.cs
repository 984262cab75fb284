using System.IO.Pipelines;
using System.Text;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

public class FrameReaderTests
{
    private const string Alert = """{"Event":"Alert","Msg":"Exceed the maximum number of connections"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Pieces => [1, 2, 5, 64, 1 << 20];

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Frames_texts_and_lines_are_told_apart_in_whatever_pieces_they_come(int piece)
    {
        byte[] bytes =
        [
            .. FrameBytes.Text("done", 21),
            .. Encoding.ASCII.GetBytes(Alert + "\r\n"),
            .. FrameBytes.Raw(FrameKind.Single, 21, 2, 1, 0x0102, 0x0304),
            .. Encoding.ASCII.GetBytes(Alert + "\n"),
            .. FrameBytes.Stack(5, 1, 1),
        ];

        var told = await TellAsync(bytes, piece);

        Assert.Equal(["text done", $"line {Alert}", "bayer 2x1: 0102 0304", $"line {Alert}", "rgb 1x1: 0005 0005 0005"], told);
    }

    [Fact]
    public async Task Two_messages_in_one_piece_are_two_messages()
    {
        byte[] bytes = [.. FrameBytes.Text("done", 21), .. FrameBytes.Text("server connected!", 2)];

        Assert.Equal(["text done", "text server connected!"], await TellAsync(bytes, bytes.Length));
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task An_empty_payload_is_an_empty_payload(int piece)
    {
        byte[] bytes = [.. FrameBytes.Text(string.Empty, 2), .. FrameBytes.Text("done", 21)];

        Assert.Equal(["text ", "text done"], await TellAsync(bytes, piece));
    }

    [Fact]
    public async Task An_empty_picture_is_damaged_and_the_next_message_is_read()
    {
        byte[] bytes =
        [
            .. FrameBytes.Picture(FrameKind.Single, PayloadForm.Raw, 21, 2, 1, []),
            .. FrameBytes.Picture(FrameKind.Stacked, PayloadForm.Zip, 23, 2, 1, []),
            .. FrameBytes.Text("done", 21),
        ];

        Assert.Equal(["damaged", "damaged", "text done"], await TellAsync(bytes, 5));
    }

    [Theory]
    [InlineData("02-preview-4x2-raw.bin")]
    [InlineData("03-stacked-2x2-zip.bin")]
    [InlineData("05-no-image-now.bin")]
    [InlineData("07-stacked-2x2-zip64-descriptor.bin")]
    public async Task A_connection_that_ends_at_any_byte_inside_a_frame_is_an_error_not_an_end(string name)
    {
        var frame = Resource.Bytes(name);
        for (var cut = 1; cut < frame.Length; cut++)
        {
            byte[] bytes = [.. FrameBytes.Text("done", 21), .. frame[..cut]];

            var exception = await Record.ExceptionAsync(() => TellAsync(bytes, 64));

            Assert.True(exception is EndOfStreamException, $"Cut after {cut} bytes: {exception}");
        }
    }

    [Fact]
    public async Task A_connection_that_ends_between_two_messages_is_an_end()
    {
        Assert.Equal(["text done"], await TellAsync(FrameBytes.Text("done", 21), 5));
        Assert.Empty(await TellAsync([], 1));
    }

    [Fact]
    public async Task What_a_cut_connection_says_tells_how_far_it_came()
    {
        var inHeader = await Assert.ThrowsAsync<EndOfStreamException>(() => TellAsync(FrameBytes.Text("done", 21)[..33], 64));
        var inPayload = await Assert.ThrowsAsync<EndOfStreamException>(() => TellAsync(FrameBytes.Text("done", 21)[..83], 64));

        Assert.Contains("inside a frame header, after 33 of 80 bytes", inHeader.Message, StringComparison.Ordinal);
        Assert.Contains("inside a frame, after 3 of 4 payload bytes", inPayload.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absurd_length_is_refused_before_memory_is_taken()
    {
        var bytes = FrameBytes.Raw(FrameKind.Stacked, 23, 1, 1, 1, 2, 3);
        bytes[6] = 0x7F;
        var reader = new FrameReader(new MemoryStream(bytes));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = reader.ReadAsync(Token);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        await Assert.ThrowsAsync<InvalidDataException>(async () => await reading);
        Assert.InRange(taken, 0, 1 << 20);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "not 48")]
    [InlineData("\r\n", "not 0D")]
    [InlineData("\u0003\u0003 and so on and so on, for longer than a header is, which has eighty bytes in all, not one more", "starts with 03C3")]
    public async Task Garbage_is_out_of_step_with_what_came_instead(string garbage, string complaint)
    {
        byte[] bytes = [.. FrameBytes.Text("done", 21), .. Encoding.Latin1.GetBytes(garbage)];

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => TellAsync(bytes, 64));

        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"Event\":\"Alert\"}")]
    [InlineData("{\"Event\":\"Alert\"}\r")]
    public async Task A_JSON_line_that_does_not_end_is_an_error(string line)
    {
        byte[] bytes = [.. FrameBytes.Text("done", 21), .. Encoding.ASCII.GetBytes(line)];

        var exception = await Assert.ThrowsAsync<EndOfStreamException>(() => TellAsync(bytes, 2));

        Assert.Contains($"inside a JSON line, after {line.Length} bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_JSON_line_without_end_is_given_up_at_its_limit()
    {
        var endless = new byte[FrameReader.MaxLine + 1000];
        endless.AsSpan().Fill((byte)'{');

        await Assert.ThrowsAsync<InvalidDataException>(() => TellAsync(endless, 4096));
    }

    [Fact]
    public async Task A_JSON_line_of_just_the_limit_is_read()
    {
        var line = $"{{{new string('x', FrameReader.MaxLine - 3)}}}";

        Assert.Equal([$"line {line}"], await TellAsync(Encoding.ASCII.GetBytes(line + "\n"), 4096));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task What_a_caller_leaves_of_a_payload_is_drained_before_the_next_message(int read)
    {
        byte[] bytes = [.. FrameBytes.Raw(FrameKind.Single, 21, 4, 1, 1, 2, 3, 4), .. FrameBytes.Text("done", 21)];

        var text = await Feed.InPiecesAsync(bytes, 3, ReadAsync, Token);

        Assert.Equal("done", text);

        async Task<string> ReadAsync(Stream stream)
        {
            var reader = new FrameReader(stream);
            var first = (FrameMessage)(await reader.ReadAsync(Token))!;
            await first.Payload.ReadExactlyAsync(new byte[read], Token);
            var second = (FrameMessage)(await reader.ReadAsync(Token))!;
            return await FrameDecoder.ReadTextAsync(second.Payload, Token);
        }
    }

    [Fact]
    public async Task A_payload_that_is_drained_notices_the_end_of_the_connection_too()
    {
        var bytes = FrameBytes.Raw(FrameKind.Single, 21, 4, 1, 1, 2, 3, 4)[..^1];
        var reader = new FrameReader(new MemoryStream(bytes));
        await reader.ReadAsync(Token);

        await Assert.ThrowsAsync<EndOfStreamException>(async () => await reader.ReadAsync(Token));
    }

    [Fact]
    public async Task Closing_ends_a_read_that_waits()
    {
        var pipe = new Pipe();
        var reader = new FrameReader(pipe.Reader.AsStream());
        var cancellation = new CancellationTokenSource();
        var reading = reader.ReadAsync(cancellation.Token).AsTask();

        var closing = reader.DisposeAsync().AsTask();
        await closing.WaitAsync(TimeSpan.FromSeconds(10), Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => reading.WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task What_passes_is_counted_while_it_passes()
    {
        var pipe = new Pipe();
        var reader = new FrameReader(pipe.Reader.AsStream());
        var frame = FrameBytes.Raw(FrameKind.Single, 21, 4, 1, 1, 2, 3, 4);
        await pipe.Writer.WriteAsync(frame.AsMemory(0, 84), Token);
        var message = (FrameMessage)(await reader.ReadAsync(Token))!;
        var before = reader.Passed;

        await message.Payload.ReadExactlyAsync(new byte[4], Token);

        Assert.Equal(4, reader.Passed - before);
    }

    private static Task<string[]> TellAsync(byte[] bytes, int piece) => Feed.InPiecesAsync(bytes, piece, stream => Messages.TellAsync(stream, Token), Token);
}
