using System.Globalization;
using System.Text.RegularExpressions;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>The secret numbers seen so far. Not thread safe.</summary>
internal sealed partial class SecretNumbers
{
    private const int Most = 4096;

    /// <summary>A fraction of fewer digits says nothing, and would hide others.</summary>
    private const int LeastDigits = 4;

    /// <summary>A shorter whole number would hide counts, years and gains.</summary>
    private const int LeastWhole = 6;

    /// <summary>Telescopes print numbers in single precision (<c>seestar-protocol.md</c> §3.1).</summary>
    private const double Precision = 2e-5;

    private readonly RecentSet<long> _fractions = new(Most);
    private readonly RecentSet<string> _wholes = new(Most);

    /// <summary>Remembers a number, if it says enough.</summary>
    public void Remember(string token)
    {
        if (Whole(token) is { } whole)
        {
            _wholes.Add(whole);
            _wholes.TryForget(out _);
        }
        else if (Fraction(token) is { } step && token.Trim('-', '0').Count(char.IsAsciiDigit) >= LeastDigits)
        {
            _fractions.Add(step);
            _fractions.TryForget(out _);
        }
    }

    /// <summary>Whether a number is one of them: a fraction as far as its precision goes and without its sign, a whole number exactly.</summary>
    public bool Contains(string token) => Whole(token) is { } whole
        ? _wholes.Contains(whole)
        : _fractions.Count > 0 && Fraction(token) is { } step
            && (_fractions.Contains(step - 1) || _fractions.Contains(step) || _fractions.Contains(step + 1));

    /// <summary>A text with zero instead of these numbers.</summary>
    public string Clean(string text) =>
        _fractions.Count + _wholes.Count == 0 ? text : Digits().Replace(text, match => Contains(match.Value) ? "0" : match.Value);

    /// <summary>What a number without a fraction is, whichever way it is printed; null for any other, and for a short one.</summary>
    private static string? Whole(string token) =>
        decimal.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
        && decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture) is { Length: >= LeastWhole } digits ? digits : null;

    private static long? Fraction(string token) =>
        token.Contains('.', StringComparison.Ordinal) && double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) is > 0 and < 1e9 ? (long)(Math.Abs(number) / Precision) : null;

    [GeneratedRegex(@"[0-9]+(?:\.[0-9]+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Digits();
}
