using System.Runtime.InteropServices;
using System.Text;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>The secret texts seen so far, found in others in one pass whatever their number. Not thread safe.</summary>
internal sealed class SecretTexts
{
    private const int Most = 4096;

    /// <summary>A shorter value is found in other texts as a word only: it would be part of too many others.</summary>
    private const int LeastPart = 6;

    /// <summary>A shorter value is not looked for in other texts.</summary>
    private const int LeastWord = 3;

    private static readonly HashSet<string> NoSecrets = new(
        ["verify", "true", "false", "none", "null", "unknown", "name", "open", "WPA-PSK", "WPA2-PSK", "WPA3-PSK"], StringComparer.OrdinalIgnoreCase);

    private readonly RecentSet<string> _secrets = new(Most);
    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By their first characters, longest first.</summary>
    private readonly Dictionary<string, List<string>> _parts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Remembers a text, if it says enough, and what it is in other notations.</summary>
    public void Remember(string secret)
    {
        if (secret.Length < LeastWord || NoSecrets.Contains(secret) || secret.StartsWith("masked-", StringComparison.Ordinal) || !_secrets.Add(secret))
        {
            return;
        }

        foreach (var form in Forms(secret))
        {
            if (form.Length < LeastPart)
            {
                _words.Add(form);
                continue;
            }

            var forms = CollectionsMarshal.GetValueRefOrAddDefault(_parts, form[..LeastPart], out _) ??= [];
            var shorter = forms.FindIndex(other => other.Length < form.Length);
            forms.Insert(shorter < 0 ? forms.Count : shorter, form);
        }

        if (_secrets.TryForget(out var forgotten))
        {
            Forget(forgotten);
        }
    }

    /// <summary>A text with others instead of these.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="substitute">What stands for one of them.</param>
    public string Replace(string text, Func<string, string> substitute)
    {
        StringBuilder? replaced = null;
        var copied = 0;
        for (var at = 0; at <= text.Length - LeastWord && _secrets.Count > 0;)
        {
            if (Find(text, at) is not { } secret)
            {
                at++;
                continue;
            }

            replaced = (replaced ?? new StringBuilder(text.Length)).Append(text, copied, at - copied).Append(substitute(secret));
            copied = at += secret.Length;
        }

        return replaced is null ? text : replaced.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Whether a text has one of these as a part.</summary>
    public bool AreIn(string text)
    {
        for (var at = 0; at <= text.Length - LeastPart && _parts.Count > 0; at++)
        {
            if (FindPart(text, at) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        if (secret.Length < LeastPart)
        {
            return [secret];
        }

        var bytes = Encoding.UTF8.GetBytes(secret);
        return new[] { secret, Convert.ToHexString(bytes), Uri.EscapeDataString(secret), Convert.ToBase64String(bytes).TrimEnd('=') }.Distinct(StringComparer.Ordinal);
    }

    private void Forget(string secret)
    {
        foreach (var form in Forms(secret))
        {
            _words.Remove(form);
            if (form.Length >= LeastPart && _parts.TryGetValue(form[..LeastPart], out var forms) && forms.Remove(form) && forms.Count == 0)
            {
                _parts.Remove(form[..LeastPart]);
            }
        }
    }

    private string? Find(string text, int at) => FindPart(text, at) ?? FindWord(text, at);

    private string? FindPart(string text, int at) =>
        at + LeastPart <= text.Length && _parts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(at, LeastPart), out var forms)
            ? forms.Find(form => text.AsSpan(at).StartsWith(form, StringComparison.OrdinalIgnoreCase))
            : null;

    private string? FindWord(string text, int at)
    {
        if (_words.Count == 0 || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
        {
            return null;
        }

        for (var length = LeastPart - 1; length >= LeastWord; length--)
        {
            var end = at + length;
            if (end <= text.Length && (end == text.Length || !char.IsLetterOrDigit(text[end]))
                && _words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(at, length), out var word))
            {
                return word;
            }
        }

        return null;
    }
}
