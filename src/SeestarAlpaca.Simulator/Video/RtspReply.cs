using System.Text;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>The outcomes of requests that the simulator knows (RFC 2326 §7.1.1).</summary>
internal enum RtspStatus
{
    OK = 200,
    BadRequest = 400,
    NotFound = 404,
    MethodNotAllowed = 405,
    NotAcceptable = 406,
    SessionNotFound = 454,
    MethodNotValidInThisState = 455,
    UnsupportedTransport = 461,
    NotImplemented = 501,
    ServiceUnavailable = 503,
    VersionNotSupported = 505,
    OptionNotSupported = 551,
}

/// <summary>A reply to a request (RFC 2326 §7). Immutable.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Headers">What is told besides the request's number and the server's name.</param>
internal sealed record RtspReply(RtspStatus Status, params IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>The body, ASCII; empty without one.</summary>
    public string Body { get; init; } = "";

    private string Reason => Status switch
    {
        RtspStatus.OK => "OK",
        RtspStatus.BadRequest => "Bad Request",
        RtspStatus.NotFound => "Not Found",
        RtspStatus.MethodNotAllowed => "Method Not Allowed",
        RtspStatus.NotAcceptable => "Not Acceptable",
        RtspStatus.SessionNotFound => "Session Not Found",
        RtspStatus.MethodNotValidInThisState => "Method Not Valid in This State",
        RtspStatus.UnsupportedTransport => "Unsupported Transport",
        RtspStatus.NotImplemented => "Not Implemented",
        RtspStatus.ServiceUnavailable => "Service Unavailable",
        RtspStatus.VersionNotSupported => "RTSP Version Not Supported",
        _ => "Option not supported",
    };

    /// <summary>The bytes on the wire.</summary>
    /// <param name="sequence">The request's number; null if it had none.</param>
    public byte[] ToBytes(uint? sequence)
    {
        var text = new StringBuilder($"RTSP/1.0 {(int)Status} {Reason}\r\n");
        (string Name, string Value)[] own = [("CSeq", $"{sequence}"), ("Server", "Seestar simulator")];
        foreach (var (name, value) in own.Skip(sequence is null ? 1 : 0).Concat(Headers))
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body.Length > 0)
        {
            text.Append($"Content-Length: {Body.Length}\r\n");
        }

        return Encoding.Latin1.GetBytes(text.Append("\r\n").Append(Body).ToString());
    }
}
