namespace SeestarAlpaca.Imaging.Fits;

/// <summary>The header of a FITS file: cards in the order of the file, and look-ups by keyword. Immutable.</summary>
/// <remarks>
/// Keywords are looked up without regard to case; of cards with the same keyword the first counts. A look-up answers null when the
/// keyword is absent or its value is of another type.
/// </remarks>
public sealed class FitsHeader
{
    /// <summary>Blocks of 2880 bytes a header may have: room for 7200 cards, ten times what processing software leaves behind.</summary>
    public const int MaxBlocks = 200;

    internal const int BlockLength = 2880;

    private readonly Dictionary<string, FitsCard> _byKeyword = new(StringComparer.OrdinalIgnoreCase);

    internal FitsHeader(IReadOnlyList<FitsCard> cards)
    {
        Cards = cards;
        foreach (var card in cards)
        {
            _byKeyword.TryAdd(card.Keyword, card);
        }
    }

    /// <summary>All cards before END.</summary>
    public IReadOnlyList<FitsCard> Cards { get; }

    /// <summary>The first card with this keyword; null when there is none.</summary>
    public FitsCard? Find(string keyword) => _byKeyword.GetValueOrDefault(keyword);

    /// <summary>A string without its quotes and trailing spaces.</summary>
    public string? GetString(string keyword) => Find(keyword)?.GetString();

    /// <summary>A whole number; one written with a decimal point counts.</summary>
    public long? GetInteger(string keyword) => Find(keyword)?.GetInteger();

    /// <summary>A finite number.</summary>
    public double? GetDouble(string keyword) => Find(keyword)?.GetDouble();

    /// <summary>A logical value.</summary>
    public bool? GetBoolean(string keyword) => Find(keyword)?.GetBoolean();

    /// <summary>Reads blocks up to and including the one with the END card.</summary>
    /// <exception cref="InvalidDataException">This is no FITS file, or the header has more than <see cref="MaxBlocks"/> blocks.</exception>
    /// <exception cref="EndOfStreamException">The file ends inside its header.</exception>
    internal static FitsHeader Read(Stream stream)
    {
        var cards = new List<FitsCard>();
        var block = new byte[BlockLength];
        for (var blocks = 0; blocks < MaxBlocks; blocks++)
        {
            var length = stream.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false);
            if (blocks == 0 && !block.AsSpan().StartsWith("SIMPLE  ="u8))
            {
                throw new InvalidDataException("This is no FITS file: it does not begin with SIMPLE.");
            }

            if (length < BlockLength)
            {
                throw new EndOfStreamException("The FITS file ends inside its header.");
            }

            for (var i = 0; i < BlockLength; i += FitsCardText.Length)
            {
                var card = FitsCardText.Parse(block.AsSpan(i, FitsCardText.Length));
                if (card is { Keyword: "END", ValueText: null })
                {
                    return new FitsHeader(cards);
                }

                cards.Add(card);
            }
        }

        throw new InvalidDataException($"No END card in the first {MaxBlocks} blocks of the FITS header; at most so many are accepted.");
    }
}
