using System.Globalization;
using System.Text;

namespace SeestarAlpaca.Imaging.Fits;

/// <summary>The 80 characters of a header line, read and written. FITS standard 4.0, sections 4.1 and 4.2.</summary>
internal static class FitsCardText
{
    public const int Length = 80;

    private const int KeywordLength = 8;
    private const int ValueStart = 10;
    private const int LongestString = Length - ValueStart - 2;

    /// <summary>Meaning of one line. Tolerant: values may stand anywhere after the equals sign, and a last quote may be missing.</summary>
    public static FitsCard Parse(ReadOnlySpan<byte> line)
    {
        var text = Encoding.Latin1.GetString(line);
        var keyword = text[..KeywordLength].TrimEnd(' ');
        if (text[KeywordLength] != '=' || keyword is "COMMENT" or "HISTORY" or "")
        {
            return FitsCard.OfFile(keyword, null, OrNull(text[KeywordLength..]));
        }

        var rest = text[(KeywordLength + 1)..].Trim(' ');
        var isString = rest.StartsWith('\'');
        var valueLength = isString ? QuotedLength(rest) : UnquotedLength(rest);
        var value = isString ? Quoted(Unquoted(rest[..valueLength])) : OrNull(rest[..valueLength]);
        var comment = rest[valueLength..].TrimStart(' ');
        return FitsCard.OfFile(keyword, value, OrNull(comment.StartsWith('/') ? comment[1..] : comment));
    }

    /// <summary>The line of a card, exactly 80 characters; a comment that is too long is cut.</summary>
    public static string Format(FitsCard card)
    {
        var start = card.Keyword.PadRight(KeywordLength);
        var text = card.ValueText switch
        {
            null => start + card.Comment,
            ['\'', ..] => WithComment(start + "= " + card.ValueText.PadRight(20), card.Comment),
            _ => WithComment(start + "= " + card.ValueText.PadLeft(20), card.Comment),
        };
        return Printable(text.Length > Length ? text[..Length] : text.PadRight(Length))!;
    }

    public static string Checked(string keyword) =>
        keyword.Length is > 0 and <= KeywordLength && keyword.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_')
            ? keyword
            : throw new ArgumentException($"'{keyword}' is no FITS keyword: 1 to 8 of A-Z, 0-9, hyphen and underscore are.", nameof(keyword));

    public static string? Printable(string? text) =>
        text is null ? null : string.Concat(text.EnumerateRunes().Select(rune => rune.Value is >= ' ' and <= '~' ? (char)rune.Value : '?'));

    public static string Quoted(string value)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in Printable(value)!.TrimEnd(' '))
        {
            var escaped = c == '\'' ? "''" : c.ToString();
            if (quoted.Length - 1 + escaped.Length > LongestString)
            {
                break;
            }

            quoted.Append(escaped);
        }

        return quoted.ToString().PadRight(1 + KeywordLength) + "'";
    }

    public static string Real(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "FITS has no value for this; leave the card out.");
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static string WithComment(string text, string? comment) => string.IsNullOrEmpty(comment) ? text : $"{text} / {comment.TrimStart(' ')}";

    public static string Unquoted(string quoted)
    {
        var isClosed = quoted.Length > 1 && quoted[1..].Count(c => c == '\'') % 2 == 1;
        return quoted[1..(isClosed ? ^1 : ^0)].Replace("''", "'", StringComparison.Ordinal).TrimEnd(' ');
    }

    /// <summary>The length of a string with its quotes; two quotes in a row are a part of it.</summary>
    private static int QuotedLength(string text)
    {
        var i = 1;
        while (i < text.Length && (text[i] != '\'' || (i + 1 < text.Length && text[i + 1] == '\'')))
        {
            i += text[i] == '\'' ? 2 : 1;
        }

        return Math.Min(i + 1, text.Length);
    }

    private static int UnquotedLength(string text) => text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? slash : text.Length;

    private static string? OrNull(string text) => text.TrimEnd(' ') is { Length: > 0 } some ? some : null;
}
