using System.Net;
using System.Net.Sockets;
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
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int Patience = 10_000;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly SecretNumbers _numbers = new();
    private readonly SecretTexts _texts = new();

    /// <summary>What stands for a secret text.</summary>
    /// <param name="secret">The text.</param>
    /// <param name="remember">Whether it is looked for from now on.</param>
    public string Substitute(string secret, bool remember)
    {
        if (remember)
        {
            _texts.Remember(secret);
            _numbers.Remember(secret);
        }

        return secret.Length == 0 ? secret : Pseudonym(secret);
    }

    /// <summary>What stands for a secret number: zero, printed as the number is.</summary>
    /// <param name="token">The number as it is printed.</param>
    /// <param name="remember">Whether it is looked for from now on.</param>
    public string SubstituteNumber(string token, bool remember)
    {
        if (remember)
        {
            _numbers.Remember(token);
        }

        var point = token.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? "0" : "0." + new string('0', Math.Max(1, token.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9') ? 1 : token.Length - point - 1));
    }

    /// <summary>Whether a number is one that was seen as a secret.</summary>
    public bool IsSecretNumber(string token) => _numbers.Contains(token);

    /// <summary>A text without the secrets that were seen before, without network addresses, and without what hides secrets in base64.</summary>
    public string Clean(string text)
    {
        var cleaned = MacAddress().Replace(text, match => Pseudonym(match.Value));
        cleaned = IpAddress().Replace(cleaned, match => match.Value.StartsWith("192.0.2.", StringComparison.Ordinal) ? match.Value : Pseudonym(match.Value));
        cleaned = HexadecimalGroups().Replace(cleaned, CleanAddress);
        cleaned = _numbers.Clean(_texts.Replace(cleaned, Pseudonym));
        return Base64().Replace(cleaned, match => HidesSecrets(match.Value) ? Pseudonym(match.Value) : match.Value);
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
            _ when IsAddress(secret) => $"2001:db8::{hex[..4]}",
            { Length: >= 8 and <= 64 } when secret.All(char.IsAsciiHexDigit) => hex[..secret.Length],
            _ => $"masked-{hex[..8]}",
        };
    }

    /// <summary>A colon after an address belongs to the sentence.</summary>
    private string CleanAddress(Match match)
    {
        var address = match.Value.EndsWith("::", StringComparison.Ordinal) ? match.Value : match.Value.TrimEnd(':');
        return IsAddress(address) && !address.StartsWith("2001:db8:", StringComparison.Ordinal) ? Pseudonym(address) + match.Value[address.Length..] : match.Value;
    }

    private static bool IsAddress(string text) =>
        text.Contains(':', StringComparison.Ordinal) && text != "::" && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6;

    private bool HidesSecrets(string text)
    {
        var bytes = new byte[text.Length];
        var padded = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        padded += new string('=', (4 - (padded.Length % 4)) % 4);
        return Convert.TryFromBase64String(padded, bytes, out var length) && _texts.AreIn(Encoding.UTF8.GetString(bytes, 0, length));
    }

    [GeneratedRegex(@"(?<![0-9])(?<![0-9]\.)(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?!\.?[0-9])", Options, Patience)]
    private static partial Regex IpAddress();

    [GeneratedRegex("(?<![0-9a-fA-F:])(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}(?![0-9a-fA-F:])", Options, Patience)]
    private static partial Regex MacAddress();

    [GeneratedRegex("(?<![0-9A-Za-z:])[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*(?![0-9A-Za-z])", Options, Patience)]
    private static partial Regex HexadecimalGroups();

    [GeneratedRegex("[A-Za-z0-9+/_-]{8,}={0,2}", Options, Patience)]
    private static partial Regex Base64();
}
