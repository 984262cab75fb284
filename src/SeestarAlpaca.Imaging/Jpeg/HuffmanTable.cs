namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>A code of ITU-T T.81 annex K.3: written as lists of lengths and symbols, used as one code for each symbol.</summary>
internal sealed class HuffmanTable
{
    private HuffmanTable(byte[] lengths, byte[] symbols)
    {
        (Lengths, Symbols) = (lengths, symbols);
        var (code, next) = (0u, 0);
        for (var length = 1; length <= lengths.Length; length++)
        {
            for (var i = 0; i < lengths[length - 1]; i++)
            {
                Codes[symbols[next++]] = (code++ << 8) | (uint)length;
            }

            code <<= 1;
        }
    }

    /// <summary>Differences of mean brightness.</summary>
    public static HuffmanTable LuminanceDc { get; } = new(
        [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    /// <summary>Differences of mean colour.</summary>
    public static HuffmanTable ChrominanceDc { get; } = new(
        [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    /// <summary>Details of brightness.</summary>
    public static HuffmanTable LuminanceAc { get; } = new(
        [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
        Convert.FromHexString(
            "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A34353637" +
            "38393A434445464748494A535455565758595A636465666768696A737475767778797A838485868788898A92939495969798999AA2A3" +
            "A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA"));

    /// <summary>Details of colour.</summary>
    public static HuffmanTable ChrominanceAc { get; } = new(
        [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
        Convert.FromHexString(
            "000102031104052131061241510761711322328108144291A1B1C109233352F0156272D10A162434E125F11718191A262728292A3536" +
            "3738393A434445464748494A535455565758595A636465666768696A737475767778797A82838485868788898A92939495969798999A" +
            "A2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE2E3E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA"));

    /// <summary>How many codes have each length, 1 to 16 bits.</summary>
    public byte[] Lengths { get; }

    /// <summary>The symbols, those with short codes first.</summary>
    public byte[] Symbols { get; }

    /// <summary>For each symbol its code, shifted left by 8, and its length in bits; 0 for a symbol without a code.</summary>
    public uint[] Codes { get; } = new uint[256];
}
