using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Fits;

/// <summary>What a header says about its pixels, checked: only what <see cref="FitsReader"/> reads passes.</summary>
/// <param name="Width">Columns, 1 to <see cref="MaxSide"/>.</param>
/// <param name="Height">Rows, 1 to <see cref="MaxSide"/>.</param>
/// <param name="Planes">1 for Bayer and monochrome pictures, 3 for colour.</param>
/// <param name="IsUnsigned">Whether the stored signed numbers mean values of 32768 more.</param>
/// <param name="IsBottomUp">Whether the file begins with the bottom row.</param>
/// <param name="Phase">Of the picture with its top row first; null for no colour filter array.</param>
internal sealed record FitsLayout(int Width, int Height, int Planes, bool IsUnsigned, bool IsBottomUp, BayerPhase? Phase)
{
    public const int MaxSide = 16384;

    /// <exception cref="InvalidDataException">The pixels are of a kind that is not read, or absurdly many.</exception>
    public static FitsLayout Of(FitsHeader header)
    {
        Require(header, "BITPIX", 16);
        var axes = Required(header, "NAXIS");
        if (axes is not (2 or 3))
        {
            throw new InvalidDataException($"NAXIS is {axes}; pictures have 2, or 3 with the colours.");
        }

        var planes = axes == 2 ? 1 : Required(header, "NAXIS3");
        if (planes is not (1 or 3))
        {
            throw new InvalidDataException($"NAXIS3 is {planes}; a colour picture has 3 planes: red, green, blue.");
        }

        var (width, height) = (Side(header, "NAXIS1"), Side(header, "NAXIS2"));
        var isBottomUp = string.Equals(header.GetString("ROWORDER"), "BOTTOM-UP", StringComparison.OrdinalIgnoreCase);
        return new FitsLayout(
            width, height, (int)planes, IsUnsignedScale(header), isBottomUp, planes == 1 ? TopDownPhase(header, isBottomUp ? height : 1) : null);
    }

    private static bool IsUnsignedScale(FitsHeader header) => (header.GetDouble("BSCALE") ?? 1, header.GetDouble("BZERO") ?? 0) switch
    {
        (1, 32768) => true,
        (1, 0) => false,
        var (scale, zero) => throw new InvalidDataException(
            $"BSCALE is {scale} and BZERO {zero}; only unsigned (1 and 32768) and signed (1 and 0) 16-bit pixels are read."),
    };

    /// <summary>BAYERPAT and its offsets tell of the rows as stored; the picture's top row is the stored row of this number, from 1.</summary>
    private static BayerPhase? TopDownPhase(FitsHeader header, int topRow)
    {
        BayerPhase stored;
        switch (header.GetString("BAYERPAT")?.Trim().ToUpperInvariant())
        {
            case null or "":
                return null;
            case "RGGB":
                stored = BayerPhase.Rggb;
                break;
            case "GRBG":
                stored = BayerPhase.Grbg;
                break;
            case "GBRG":
                stored = BayerPhase.Gbrg;
                break;
            case "BGGR":
                stored = BayerPhase.Bggr;
                break;
            case var other:
                throw new InvalidDataException($"BAYERPAT is '{other}'; it must be RGGB, GRBG, GBRG or BGGR.");
        }

        return stored.At(header.GetInteger("XBAYROFF") ?? 0, (header.GetInteger("YBAYROFF") ?? 0) + topRow - 1);
    }

    private static int Side(FitsHeader header, string keyword) => Required(header, keyword) is >= 1 and <= MaxSide and var side
        ? (int)side
        : throw new InvalidDataException($"{keyword} is {header.GetInteger(keyword)}; 1 to {MaxSide} pixels are accepted.");

    private static void Require(FitsHeader header, string keyword, long value)
    {
        if (Required(header, keyword) is var actual && actual != value)
        {
            throw new InvalidDataException($"{keyword} is {actual}; only {value} is read.");
        }
    }

    private static long Required(FitsHeader header, string keyword) => header.GetInteger(keyword)
        ?? throw new InvalidDataException($"The FITS header has no whole number for {keyword}.");
}
