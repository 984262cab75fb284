namespace SeestarAlpaca.Telescopes;

/// <summary>Serial numbers of telescopes, eight hexadecimal digits as far as is known (<c>seestar-protocol.md</c> §2.3). Pure.</summary>
internal static class SerialNumber
{
    /// <summary>The one form in which serial numbers are compared; null for what can be none, such as zeros alone.</summary>
    public static string? Normalise(string? told) =>
        told?.Trim() is { Length: >= 8 and <= 32 } serial && serial.All(char.IsAsciiLetterOrDigit) && serial.Any(digit => digit != '0') ? serial.ToLowerInvariant() : null;
}
