namespace SeestarAlpaca.Simulator.Video;

/// <summary>
/// The row of black and white squares at the top of the simulator's video, from which a reader of the picture learns when it was made.
/// </summary>
/// <remarks>
/// In a picture of 1080 × 1920 the strip is 80 rows high and grey; 20 squares of 48 × 48 pixels stand side by side in it, the first with its corner at
/// column 48, row 16. From the left: the start (white, black, white, black), 13 bits with the highest first, parity, the end (black, white). White is 1.
/// The bits are the Gray code g = t xor (t shifted right by 1) of t, the milliseconds since the loop of 8 s began, and the parity makes the number of
/// ones among the 14 even. The loop begins whenever the Unix time in milliseconds is divisible by 8000, and each picture is sent when its time has come;
/// so (Unix time in milliseconds when a picture is seen - t) modulo 8000 is the delay since it was sent, up to the millisecond to which t is rounded.
/// Thread safe.
/// </remarks>
public static class TimeStrip
{
    /// <summary>How long t counts before it begins again at 0.</summary>
    public static readonly TimeSpan Period = VideoFormat.Loop;

    internal const int Height = 80;

    private const byte Black = 16;
    private const byte White = 235;
    private const byte Grey = 126;

    private const int Side = 48;
    private const int Left = 48;
    private const int Top = 16;
    private const int Bits = 13;
    private const double LeastContrast = 60;

    private static readonly bool[] Start = [true, false, true, false];
    private static readonly bool[] End = [false, true];
    private static readonly int Squares = Start.Length + Bits + 1 + End.Length;

    /// <summary>Reads the time from a picture.</summary>
    /// <param name="luma">One byte a pixel, row by row from the top; full or limited range.</param>
    /// <param name="width">Columns; the whole width of the video, which may have been made smaller as long as its shape is kept: 270 or more.</param>
    /// <param name="milliseconds">Milliseconds since the loop began, 0 to 7999.</param>
    /// <returns>False if the picture shows no strip, or it cannot be read for certain.</returns>
    public static bool TryRead(ReadOnlySpan<byte> luma, int width, out int milliseconds)
    {
        milliseconds = 0;
        var scale = width / (double)VideoFormat.Width;
        if (width < VideoFormat.Width / 4 || luma.Length / width < Height * scale)
        {
            return false;
        }

        var levels = new double[Squares];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = Mean(luma, width, scale, i);
        }

        var contrast = levels[0] - levels[1];
        var middle = (levels[0] + levels[1]) / 2;
        if (contrast < LeastContrast || levels.Any(level => Math.Abs(level - middle) < contrast / 4))
        {
            return false;
        }

        return TryDecode([.. levels.Select(level => level > middle)], out milliseconds);
    }

    /// <summary>The squares that show a time, from the left; true is white.</summary>
    internal static bool[] Encode(int milliseconds)
    {
        var gray = milliseconds ^ (milliseconds >> 1);
        var bits = Enumerable.Range(1, Bits).Select(i => ((gray >> (Bits - i)) & 1) == 1).ToArray();
        return [.. Start, .. bits, bits.Count(bit => bit) % 2 == 1, .. End];
    }

    /// <summary>The time that squares show.</summary>
    /// <returns>False if start, end or parity is wrong, or the loop is shorter than the time.</returns>
    internal static bool TryDecode(ReadOnlySpan<bool> squares, out int milliseconds)
    {
        milliseconds = 0;
        var (odd, bit) = (false, false);
        foreach (var white in squares.Slice(Start.Length, Bits))
        {
            odd ^= white;
            bit ^= white;
            milliseconds = (milliseconds << 1) | (bit ? 1 : 0);
        }

        return squares.StartsWith(Start) && squares.EndsWith(End) && squares[Start.Length + Bits] == odd && milliseconds < Period.TotalMilliseconds;
    }

    /// <summary>Draws the strip onto a picture of full size.</summary>
    internal static void Draw(Span<byte> luma, int milliseconds)
    {
        luma[..(Height * VideoFormat.Width)].Fill(Grey);
        var squares = Encode(milliseconds);
        for (var i = 0; i < squares.Length; i++)
        {
            for (var y = Top; y < Top + Side; y++)
            {
                luma.Slice((y * VideoFormat.Width) + Left + (i * Side), Side).Fill(squares[i] ? White : Black);
            }
        }
    }

    /// <summary>The mean over the inner quarter of a square's area, since a decoder blurs its edges.</summary>
    private static double Mean(ReadOnlySpan<byte> luma, int width, double scale, int square)
    {
        var (fromX, toX) = Inner(Left + (square * Side), scale);
        var (fromY, toY) = Inner(Top, scale);
        var sum = 0L;
        for (var y = fromY; y < toY; y++)
        {
            foreach (var value in luma.Slice((y * width) + fromX, toX - fromX))
            {
                sum += value;
            }
        }

        return sum / (double)((toX - fromX) * (toY - fromY));
    }

    private static (int From, int To) Inner(int corner, double scale) => ((int)((corner + (Side / 4)) * scale), (int)((corner + (Side * 3 / 4)) * scale));
}
