using System.Text;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Seestar.Tests.Images;

namespace SeestarAlpaca.Seestar.Tests.Recording;

public sealed class CutterTests
{
    private readonly Sink _sink = new();

    [Theory]
    [InlineData("{\"a\":1}\r\n{\"b\":2}\n\r\n", "line {\"a\":1}|line {\"b\":2}")]
    [InlineData("{\"a\":1}\r\n{\"b\"", "line {\"a\":1}|unreadable 4")]
    [InlineData("\n\n", "")]
    public void Lines_are_cut_the_same_in_whatever_pieces_they_come(string text, string expected)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            _sink.Seen.Clear();
            var cutter = new LineCutter(_sink);

            Feed(Encoding.ASCII.GetBytes(text), piece, cutter.Take);
            cutter.End();

            Assert.Equal(expected, string.Join('|', _sink.Seen));
        }
    }

    [Fact]
    public void A_line_that_is_too_long_is_counted_and_the_next_one_is_cut_again()
    {
        var cutter = new LineCutter(_sink);

        cutter.Take(new byte[ControlLines.MaxLength]);
        cutter.Take("xx\n{}\n"u8);

        Assert.Equal([$"unreadable {ControlLines.MaxLength + 2}", "line {}"], _sink.Seen);
    }

    [Fact]
    public void Frames_and_bare_lines_are_cut_the_same_in_whatever_pieces_they_come()
    {
        var alert = "{\"Event\":\"Alert\"}\r\n"u8;
        byte[] bytes = [.. FrameBytes.Text("done", 21), .. alert, .. FrameBytes.Stack(7), .. FrameBytes.Text("", 21)];
        var stack = FrameBytes.Stack(7).Length - FrameHeader.Length;

        for (var piece = 1; piece <= bytes.Length; piece += 13)
        {
            _sink.Seen.Clear();
            var cutter = new FrameCutter(_sink);

            Feed(bytes, piece, cutter.Take);
            cutter.End();

            Assert.Equal(
                ["frame Text", "data 4", "end", "line {\"Event\":\"Alert\"}", "frame Stacked", $"data {stack}", "end", "frame Text", "data 0", "end"], _sink.Frames());
        }
    }

    [Fact]
    public void After_what_is_no_frame_everything_is_counted()
    {
        var cutter = new FrameCutter(_sink);

        cutter.Take(new byte[100]);
        cutter.Take(FrameBytes.Text("done", 21));
        cutter.End();

        Assert.Equal(["unreadable 184"], _sink.Seen);
    }

    [Fact]
    public void A_connection_that_ends_inside_a_header_leaves_unreadable_bytes()
    {
        var cutter = new FrameCutter(_sink);

        cutter.Take(FrameBytes.Text("done", 21).AsSpan(0, 30));
        cutter.End();

        Assert.Equal(["unreadable 30"], _sink.Seen);
    }

    private static void Feed(byte[] bytes, int piece, TakeSpan take)
    {
        for (var at = 0; at < bytes.Length; at += piece)
        {
            take(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
        }
    }

    private delegate void TakeSpan(ReadOnlySpan<byte> bytes);

    private sealed class Sink : IFrameSink
    {
        public List<string> Seen { get; } = [];

        public void Line(ReadOnlySpan<byte> line) => Seen.Add($"line {Encoding.ASCII.GetString(line)}");

        public void Unreadable(long bytes) => Seen.Add($"unreadable {bytes}");

        public void Frame(FrameHeader header, ReadOnlySpan<byte> bytes) => Seen.Add($"frame {FrameHeader.Parse(bytes).Kind}");

        public void Data(ReadOnlySpan<byte> bytes) => Seen.Add($"data {bytes.Length}");

        public void EndOfFrame() => Seen.Add("end");

        /// <summary>What was seen, the pieces of each frame's data as one.</summary>
        public List<string> Frames()
        {
            var frames = new List<string>();
            var data = 0;
            foreach (var seen in Seen)
            {
                if (seen.StartsWith("data", StringComparison.Ordinal))
                {
                    data += int.Parse(seen[5..]);
                    continue;
                }

                if (seen == "end")
                {
                    frames.Add($"data {data}");
                    data = 0;
                }

                frames.Add(seen);
            }

            return frames;
        }
    }
}
