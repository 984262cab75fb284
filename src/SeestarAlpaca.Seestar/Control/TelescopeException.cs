namespace SeestarAlpaca.Seestar.Control;

/// <summary>The telescope answered a request with an error code other than 0 (<c>seestar-protocol.md</c> §3.6).</summary>
/// <param name="method">The request's method.</param>
/// <param name="code">The telescope's code, such as 103 (method not found) or 207 (fail to operate).</param>
/// <param name="text">The telescope's own words.</param>
public sealed class TelescopeException(string method, int code, string text)
    : Exception($"The telescope refused {method}: {text} (code {code}).")
{
    /// <summary>The code for a method that the firmware does not know.</summary>
    public const int MethodNotFound = 103;

    /// <summary>The telescope's code.</summary>
    public int Code { get; } = code;
}
