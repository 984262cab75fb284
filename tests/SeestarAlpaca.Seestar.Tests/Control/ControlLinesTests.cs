using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Tests.Images;

namespace SeestarAlpaca.Seestar.Tests.Control;

public class ControlLinesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", null, "")]
    [InlineData("{}", null, "{}")]
    [InlineData("{}\r", null, "{}\r")]
    [InlineData("\n", "", "")]
    [InlineData("\r\n", "", "")]
    [InlineData("{}\r\n", "{}", "")]
    [InlineData("{}\n", "{}", "")]
    [InlineData("{}\r\n{\"a\":1}\r\n", "{}", "{\"a\":1}\r\n")]
    [InlineData("{}\n\r\n", "{}", "\r\n")]
    [InlineData("a\rb\r\n", "a\rb", "")]
    public void A_line_is_taken_off_the_buffer_or_the_buffer_is_left_alone(string text, string? expected, string rest)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text));

        var read = ControlLines.TryRead(ref buffer, out var line);

        Assert.Equal(expected, read ? Encoding.UTF8.GetString(line) : null);
        Assert.Equal(rest, Encoding.UTF8.GetString(buffer));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    public async Task Lines_are_cut_wherever_the_pieces_are(int piece)
    {
        var lines = await ReadAsync("{\"a\":1}\r\n\r\n{\"b\":\"M 44 – Praesepe\"}\n{}\r\n", piece);

        Assert.Equal(["{\"a\":1}", "{\"b\":\"M 44 – Praesepe\"}", "{}"], lines);
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("{}\r\n{}\r", 3)]
    public async Task A_connection_that_ends_inside_a_line_is_an_error_not_an_end(string text, int inside)
    {
        var exception = await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(text, 2));

        Assert.Contains($"inside a line, after {inside} bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_end_is_given_up_at_the_limit()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new string('x', ControlLines.MaxLength + 5000), 50_000));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_although_it_ends()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new string('x', ControlLines.MaxLength + 1) + "\n", int.MaxValue));
    }

    [Fact]
    public async Task A_line_of_just_the_limit_is_read()
    {
        var line = new string('x', ControlLines.MaxLength);

        Assert.Equal([line], await ReadAsync(line + "\n", 100_000));
    }

    private static Task<List<string>> ReadAsync(string text, int piece) => Feed.InPiecesAsync(
        Encoding.UTF8.GetBytes(text),
        piece,
        async stream =>
        {
            var lines = new List<string>();
            await foreach (var line in ControlLines.ReadAsync(PipeReader.Create(stream), Token))
            {
                lines.Add(Encoding.UTF8.GetString(line.Span));
            }

            return lines;
        },
        Token);
}
