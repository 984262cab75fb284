using System.Text;

namespace SeestarAlpaca.Conformance.Http;

/// <summary>What came back for one request, unread.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">The header as it was written; null without one.</param>
/// <param name="Body">The whole body.</param>
/// <param name="Elapsed">From sending to the last byte.</param>
/// <param name="BodyDelay">From the headers to the last byte.</param>
/// <param name="Headers">All headers of the reply, names in lower case.</param>
internal sealed record HttpReply(
    int Status, string? ContentType, byte[] Body, TimeSpan Elapsed, TimeSpan BodyDelay, IReadOnlyDictionary<string, string> Headers)
{
    private const int ShownCharacters = 160;

    /// <summary>Whether the reply is JSON by its header; a charset may follow (alpaca-camera.md §1.4).</summary>
    public bool IsJson => MediaType == "application/json";

    /// <summary>Whether the reply is ImageBytes by its header, charset or not.</summary>
    public bool IsImageBytes => MediaType == "application/imagebytes";

    /// <summary>Content type without parameters, in lower case.</summary>
    public string MediaType => (ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The beginning of the body as a single line.</summary>
    public string Shown
    {
        get
        {
            var text = Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 4 * ShownCharacters)).ReplaceLineEndings(" ").Trim();
            return text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
        }
    }
}

/// <summary>The server did not answer a request with HTTP: refused, reset, too slow or too long.</summary>
internal sealed class NoReplyException(string message, Exception? cause = null) : Exception(message, cause);
