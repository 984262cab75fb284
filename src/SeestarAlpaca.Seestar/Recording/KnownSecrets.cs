using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>
/// The secret values seen so far and what stands for them: always the same for the same value within one recording, and never the same in two, since a
/// random number that nobody keeps is part of it. Not thread safe.
/// </summary>
internal sealed partial class KnownSecrets
{
    /// <summary>More would be no secrets.</summary>
    private const int Most = 4096;

    /// <summary>A shorter value is found in other texts as a word only: it would be part of too many others.</summary>
    private const int LeastPart = 6;

    /// <summary>A shorter value is not looked for in other texts.</summary>
    private const int LeastWord = 3;

    /// <summary>A number of fewer digits says nothing.</summary>
    private const int LeastDigits = 4;

    /// <summary>Telescopes print numbers in single precision (<c>seestar-protocol.md</c> §3.1).</summary>
    private const double Precision = 2e-5;

    private static readonly string[] NoSecrets = ["verify", "true", "false", "none", "null", "unknown", "name", "open", "WPA-PSK", "WPA2-PSK", "WPA3-PSK"];

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly HashSet<string> _values = [];
    private readonly List<double> _numbers = [];
    private readonly SortedSet<string> _texts = new(Comparer<string>.Create(
        static (one, other) => one.Length != other.Length ? other.Length.CompareTo(one.Length) : string.CompareOrdinal(one, other)));

    /// <summary>What stands for a secret text, which is looked for from now on.</summary>
    public string Substitute(string secret)
    {
        Remember(secret);
        return secret.Length == 0 ? secret : Pseudonym(secret);
    }

    /// <summary>What stands for a secret number: zero, printed as the number is.</summary>
    public string SubstituteNumber(string token)
    {
        if (token.Count(char.IsAsciiDigit) >= LeastDigits && Number(token) is { } number and not 0)
        {
            Remember(token);
            if (token.Contains('.', StringComparison.Ordinal) && _numbers.Count < Most && !IsSecretNumber(token))
            {
                _numbers.Add(number);
            }
        }

        var point = token.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? "0" : "0." + new string('0', Math.Max(1, token.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9') ? 1 : token.Length - point - 1));
    }

    /// <summary>Whether a number is one that was seen as a secret. Whole ones never are: they would be counts, too.</summary>
    public bool IsSecretNumber(string token) =>
        _numbers.Count > 0 && token.Contains('.', StringComparison.Ordinal) && Number(token) is { } number
        && _numbers.Exists(secret => Math.Abs(secret - number) <= Precision);

    /// <summary>A text without the secrets that were seen before, without network addresses, and without what hides secrets in base64.</summary>
    public string Clean(string text)
    {
        var cleaned = MacAddress().Replace(text, match => Pseudonym(match.Value));
        cleaned = IpAddress().Replace(cleaned, match => match.Value.StartsWith("192.0.2.", StringComparison.Ordinal) ? match.Value : Pseudonym(match.Value));
        foreach (var secret in _texts)
        {
            cleaned = Replace(cleaned, secret);
        }

        return HidesSecrets(cleaned) ? Pseudonym(cleaned) : cleaned;
    }

    /// <summary>Of the same kind as the secret, as far as it has one.</summary>
    private string Pseudonym(string secret)
    {
        var hash = HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(secret));
        var hex = Convert.ToHexStringLower(hash);
        return secret switch
        {
            _ when IpAddress().IsMatch(secret) => $"192.0.2.{1 + (hash[0] % 254)}",
            _ when MacAddress().IsMatch(secret) => $"02:00:00:{hex[..2]}:{hex[2..4]}:{hex[4..6]}",
            { Length: >= 8 and <= 64 } when secret.All(char.IsAsciiHexDigit) => hex[..secret.Length],
            _ => $"masked-{hex[..8]}",
        };
    }

    private static double? Number(string token) =>
        double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Replace(string text, string secret)
    {
        for (var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase); at >= 0;)
        {
            var end = at + secret.Length;
            var begins = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var isNumber = Number(secret) is not null;
            var isMeant = isNumber ? begins : secret.Length >= LeastPart || (begins && (end == text.Length || !char.IsLetterOrDigit(text[end])));
            if (!isMeant)
            {
                at = text.IndexOf(secret, end, StringComparison.OrdinalIgnoreCase);
                continue;
            }

            var substitute = isNumber ? "0" : Pseudonym(secret);
            text = string.Concat(text.AsSpan(0, at), substitute, text.AsSpan(end));
            at = text.IndexOf(secret, at + substitute.Length, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private bool HidesSecrets(string text)
    {
        if (text.Length < 8 || _texts.Count == 0)
        {
            return false;
        }

        var bytes = new byte[text.Length];
        var padded = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        padded += new string('=', (4 - (padded.Length % 4)) % 4);
        return Convert.TryFromBase64String(padded, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length) is var decoded
            && _texts.Any(secret => secret.Length >= LeastPart && decoded.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private void Remember(string secret)
    {
        if (secret.Length < LeastWord || _values.Count >= Most || NoSecrets.Contains(secret, StringComparer.OrdinalIgnoreCase)
            || secret.StartsWith("masked-", StringComparison.Ordinal) || !_values.Add(secret))
        {
            return;
        }

        _texts.Add(secret);
        if (secret.Length >= LeastPart)
        {
            var bytes = Encoding.UTF8.GetBytes(secret);
            _texts.Add(Convert.ToHexString(bytes));
            _texts.Add(Uri.EscapeDataString(secret));
            _texts.Add(Convert.ToBase64String(bytes).TrimEnd('='));
        }
    }

    [GeneratedRegex(@"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IpAddress();

    [GeneratedRegex("(?<![0-9a-fA-F:])(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}(?![0-9a-fA-F:])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MacAddress();
}
