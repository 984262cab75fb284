namespace SeestarAlpaca.Alpaca.Http;

/// <summary>
/// The request is not Alpaca as this server understands it: answered with an HTTP status and plain text, never with an ASCOM number
/// (alpaca-camera.md §1.5). What the device says is a <see cref="Contracts.DriverException"/> instead.
/// </summary>
internal sealed class RequestRefusedException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status, 4xx.</summary>
    public int Status { get; } = status;

    /// <summary>Value of the Allow header; null unless the status is 405.</summary>
    public string? Allow { get; private init; }

    /// <summary>400: path or parameters are not understood.</summary>
    public static RequestRefusedException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>405: the address exists, but not for this verb.</summary>
    /// <param name="allow">The verbs that exist, separated by commas.</param>
    public static RequestRefusedException BadVerb(string verb, string allow) =>
        new(StatusCodes.Status405MethodNotAllowed, $"This address knows {allow}, not {Quoted(verb)}.") { Allow = allow };

    /// <summary>Text of a client as part of a message: quoted, and cut where it gets long.</summary>
    public static string Quoted(string text) => text.Length <= 60 ? $"'{text}'" : $"'{text[..60]}…'";
}
