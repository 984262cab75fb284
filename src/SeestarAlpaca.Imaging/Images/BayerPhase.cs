namespace SeestarAlpaca.Imaging.Images;

/// <summary>The colours of a colour filter array's top left 2 × 2 pixels, first row then second row.</summary>
public enum BayerPhase
{
    /// <summary>R G over G B: what an ASCOM camera with SensorType RGGB and offsets 0,0 delivers.</summary>
    Rggb,

    /// <summary>G R over B G: what Seestar telescopes deliver (<c>seestar-protocol.md</c> §5.4).</summary>
    Grbg,

    /// <summary>G B over R G.</summary>
    Gbrg,

    /// <summary>B G over G R.</summary>
    Bggr,
}

/// <summary>Geometry of the colour filter array.</summary>
public static class BayerPhases
{
    /// <summary>Column (0 or 1) of the red pixel in each 2 × 2 cell; ASCOM's BayerOffsetX of an RGGB sensor.</summary>
    public static int RedX(this BayerPhase phase) => phase is BayerPhase.Grbg or BayerPhase.Bggr ? 1 : 0;

    /// <summary>Row (0 or 1) of the red pixel in each 2 × 2 cell; ASCOM's BayerOffsetY of an RGGB sensor.</summary>
    public static int RedY(this BayerPhase phase) => phase is BayerPhase.Gbrg or BayerPhase.Bggr ? 1 : 0;

    /// <summary>The channel of a pixel: 0 red, 1 green, 2 blue.</summary>
    public static int Channel(this BayerPhase phase, int x, int y) => ((x ^ phase.RedX()) & 1) + ((y ^ phase.RedY()) & 1);

    /// <summary>The phase of the picture whose top left pixel is this picture's pixel (x, y). Mirrored rows: y = height − 1.</summary>
    internal static BayerPhase At(this BayerPhase phase, long x, long y) =>
        (phase.RedX() ^ (x & 1), phase.RedY() ^ (y & 1)) switch
        {
            (0, 0) => BayerPhase.Rggb,
            (1, 0) => BayerPhase.Grbg,
            (0, _) => BayerPhase.Gbrg,
            _ => BayerPhase.Bggr,
        };
}
