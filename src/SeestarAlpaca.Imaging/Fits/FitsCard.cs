using System.Globalization;

namespace SeestarAlpaca.Imaging.Fits;

/// <summary>One line of a FITS header: a keyword, its value and a comment. Immutable. Rules: FITS standard 4.0, section 4.</summary>
/// <remarks>
/// Text may hold any character; what FITS cannot hold (anything but printable ASCII) becomes a question mark, and what is too long for
/// one line is cut at its end. Keywords: 1 to 8 of A–Z, 0–9, hyphen and underscore, else <see cref="ArgumentException"/>.
/// </remarks>
public sealed class FitsCard
{
    /// <summary>A string value; trailing spaces mean nothing in FITS. At most 68 characters, an apostrophe counting twice, are kept.</summary>
    public FitsCard(string keyword, string value, string? comment = null)
        : this(FitsCardText.Checked(keyword), FitsCardText.Quoted(value), comment, ofFile: false)
    {
    }

    /// <summary>An integer value.</summary>
    public FitsCard(string keyword, long value, string? comment = null)
        : this(FitsCardText.Checked(keyword), value.ToString(CultureInfo.InvariantCulture), comment, ofFile: false)
    {
    }

    /// <summary>A real value; always with a decimal point or an exponent, so that it is read as a real value again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number or infinite: FITS has no such values.</exception>
    public FitsCard(string keyword, double value, string? comment = null)
        : this(FitsCardText.Checked(keyword), FitsCardText.Real(value), comment, ofFile: false)
    {
    }

    /// <summary>A logical value.</summary>
    public FitsCard(string keyword, bool value, string? comment = null)
        : this(FitsCardText.Checked(keyword), value ? "T" : "F", comment, ofFile: false)
    {
    }

    /// <summary>A moment, written in UTC with milliseconds, such as 2025-03-27T01:20:32.955.</summary>
    public FitsCard(string keyword, DateTimeOffset value, string? comment = null)
        : this(keyword, value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture), comment)
    {
    }

    private FitsCard(string keyword, string? valueText, string? comment, bool ofFile) =>
        (Keyword, ValueText, Comment) = (keyword, valueText, ofFile ? comment : FitsCardText.Printable(comment));

    /// <summary>The keyword, such as EXPTIME; empty for a line without one.</summary>
    public string Keyword { get; }

    /// <summary>The value as FITS writes it, strings within quotes; null for COMMENT, HISTORY and other lines without a value.</summary>
    public string? ValueText { get; }

    /// <summary>What follows the value, or the text of a line without a value; null for nothing.</summary>
    public string? Comment { get; }

    /// <summary>A line of text without a value.</summary>
    /// <param name="keyword">COMMENT or HISTORY.</param>
    /// <param name="text">At most 72 characters are kept.</param>
    public static FitsCard Commentary(string keyword, string text) => new(FitsCardText.Checked(keyword), null, text, ofFile: false);

    /// <summary>The value when it is a string, without quotes and trailing spaces; else null.</summary>
    public string? GetString() => ValueText is ['\'', ..] ? FitsCardText.Unquoted(ValueText) : null;

    /// <summary>The value when it is a whole number, also when written with a decimal point; else null.</summary>
    public long? GetInteger() =>
        long.TryParse(ValueText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : GetDouble() is { } real && Math.Abs(real) < 1L << 53 && Math.Floor(real) == real ? (long)real
        : null;

    /// <summary>The value when it is a finite number; else null.</summary>
    public double? GetDouble() =>
        double.TryParse(ValueText?.Replace('D', 'E'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>The value when it is logical; else null.</summary>
    public bool? GetBoolean() => ValueText switch
    {
        "T" => true,
        "F" => false,
        _ => null,
    };

    /// <summary>A card as it was found, whatever its keyword.</summary>
    internal static FitsCard OfFile(string keyword, string? valueText, string? comment) => new(keyword, valueText, comment, ofFile: true);
}
