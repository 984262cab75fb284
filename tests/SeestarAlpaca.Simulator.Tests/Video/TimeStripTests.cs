using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class TimeStripTests
{
    [Theory]
    [InlineData(0, "1010 0000000000000 0 01")]
    [InlineData(1, "1010 0000000000001 1 01")]
    [InlineData(2, "1010 0000000000011 0 01")]
    [InlineData(3, "1010 0000000000010 1 01")]
    [InlineData(4, "1010 0000000000110 0 01")]
    [InlineData(1000, "1010 0001000011100 0 01")]
    [InlineData(4095, "1010 0100000000000 1 01")]
    [InlineData(4096, "1010 1100000000000 0 01")]
    [InlineData(7999, "1010 1000010100000 1 01")]
    public void A_time_is_start_Gray_code_parity_and_end(int milliseconds, string squares) =>
        Assert.Equal(squares.Replace(" ", "", StringComparison.Ordinal), Text(TimeStrip.Encode(milliseconds)));

    [Fact]
    public void Every_time_is_read_as_it_was_written_and_neighbours_differ_in_one_bit()
    {
        for (var milliseconds = 0; milliseconds < 8000; milliseconds++)
        {
            var squares = TimeStrip.Encode(milliseconds);

            Assert.True(TimeStrip.TryDecode(squares, out var read));
            Assert.Equal(milliseconds, read);
            Assert.Single(squares[4..17].Zip(TimeStrip.Encode(milliseconds ^ 1)[4..17]), pair => pair.First != pair.Second);
        }
    }

    [Fact]
    public void One_wrong_square_is_noticed()
    {
        for (var wrong = 0; wrong < 20; wrong++)
        {
            var squares = TimeStrip.Encode(5421);
            squares[wrong] = !squares[wrong];

            Assert.False(TimeStrip.TryDecode(squares, out _), $"Square {wrong} is wrong.");
        }
    }

    [Fact]
    public void A_time_that_is_longer_than_the_loop_is_not_read() => Assert.False(TimeStrip.TryDecode(TimeStrip.Encode(8000), out _));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_picture_made_smaller_still_shows_the_time(int times)
    {
        var (width, luma) = Smaller(Drawn(6789), times);

        Assert.True(TimeStrip.TryRead(luma, width, out var milliseconds));
        Assert.Equal(6789, milliseconds);
    }

    [Fact]
    public void A_picture_without_squares_or_with_faint_ones_or_too_small_shows_no_time()
    {
        var faint = Drawn(6789).Select(value => (byte)(126 + ((value - 126) / 5))).ToArray();

        Assert.False(TimeStrip.TryRead(new byte[1080 * 1920], 1080, out _));
        Assert.False(TimeStrip.TryRead(faint, 1080, out _));
        Assert.False(TimeStrip.TryRead(Drawn(6789).AsSpan(0, 1080 * 79), 1080, out _));
        Assert.False(TimeStrip.TryRead(Drawn(6789), 200, out _));
        Assert.False(TimeStrip.TryRead([], 0, out _));
    }

    [Fact]
    public void A_square_between_black_and_white_is_not_guessed()
    {
        var luma = Drawn(6789);
        for (var y = 16; y < 64; y++)
        {
            luma.AsSpan((y * 1080) + 48 + (7 * 48), 48).Fill(126);
        }

        Assert.False(TimeStrip.TryRead(luma, 1080, out _));
    }

    private static string Text(bool[] squares) => string.Concat(squares.Select(white => white ? '1' : '0'));

    private static byte[] Drawn(int milliseconds)
    {
        var luma = new byte[1080 * 1920];
        TimeStrip.Draw(luma, milliseconds);
        return luma;
    }

    private static (int Width, byte[] Luma) Smaller(byte[] luma, int times)
    {
        var (width, height) = (1080 / times, 1920 / times);
        var result = new byte[width * height];
        for (var i = 0; i < result.Length; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            var sum = 0;
            for (var j = 0; j < times * times; j++)
            {
                sum += luma[(((y * times) + (j / times)) * 1080) + (x * times) + (j % times)];
            }

            result[i] = (byte)(sum / (times * times));
        }

        return (width, result);
    }
}
