namespace SeestarAlpaca.Telescopes;

/// <summary>Serial numbers of telescopes: eight hexadecimal digits (<c>seestar-protocol.md</c> §2.3). Pure.</summary>
internal static class SerialNumber
{
    /// <summary>The one form in which serial numbers are compared; null for what tells nothing, such as zeros alone.</summary>
    public static string? Normalise(string? told) => told?.Trim().ToLowerInvariant() is { } serial && serial.Trim('0').Length > 0 ? serial : null;
}
