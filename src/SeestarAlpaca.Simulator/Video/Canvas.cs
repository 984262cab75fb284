namespace SeestarAlpaca.Simulator.Video;

/// <summary>A colour as the video stores it: BT.709, limited range.</summary>
internal readonly record struct Colour(byte Y, byte U, byte V)
{
    /// <summary>From red, green and blue, each 0 to 1.</summary>
    public static Colour OfRgb(double r, double g, double b)
    {
        var y = (0.2126 * r) + (0.7152 * g) + (0.0722 * b);
        return new((byte)(16 + (219 * y)), (byte)(128 + (224 * (b - y) / 1.8556)), (byte)(128 + (224 * (r - y) / 1.5748)));
    }
}

/// <summary>A picture as the encoder takes it: luma in full size, then both chroma planes in half size (yuv420p). Not thread safe.</summary>
internal sealed class Canvas
{
    private const int Width = VideoFormat.Width;
    private const int Height = VideoFormat.Height;
    private const int ChromaWidth = Width / 2;
    private const int ChromaLength = ChromaWidth * (Height / 2);

    private readonly byte[] _bytes = new byte[(Width * Height) + (2 * ChromaLength)];

    /// <summary>All three planes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The luma plane, row by row.</summary>
    public Span<byte> Luma => _bytes.AsSpan(0, Width * Height);

    /// <summary>Takes over another picture.</summary>
    public void CopyFrom(Canvas other) => other._bytes.CopyTo(_bytes, 0);

    /// <summary>Fills a part of one row; what lies outside the picture is left out.</summary>
    public void Fill(int y, int fromX, int toX, Colour colour)
    {
        (fromX, toX) = (Math.Clamp(fromX, 0, Width), Math.Clamp(toX, 0, Width));
        if (y is < 0 or >= Height || fromX >= toX)
        {
            return;
        }

        _bytes.AsSpan((y * Width) + fromX, toX - fromX).Fill(colour.Y);
        var chroma = (Width * Height) + (y / 2 * ChromaWidth) + (fromX / 2);
        _bytes.AsSpan(chroma, (toX / 2) - (fromX / 2)).Fill(colour.U);
        _bytes.AsSpan(chroma + ChromaLength, (toX / 2) - (fromX / 2)).Fill(colour.V);
    }

    /// <summary>Fills an ellipse with upright axes.</summary>
    public void Ellipse(double centreX, double centreY, double radiusX, double radiusY, Colour colour)
    {
        for (var y = (int)(centreY - radiusY); y <= centreY + radiusY; y++)
        {
            var height = (y - centreY) / radiusY;
            if (Math.Abs(height) <= 1)
            {
                var half = radiusX * Math.Sqrt(1 - (height * height));
                Fill(y, (int)(centreX - half), (int)(centreX + half), colour);
            }
        }
    }

    /// <summary>Draws the time and takes the colour out of the strip.</summary>
    public void Stamp(int milliseconds)
    {
        for (var y = 0; y < TimeStrip.Height; y++)
        {
            Fill(y, 0, Width, new Colour(128, 128, 128));
        }

        TimeStrip.Draw(Luma, milliseconds);
    }
}
