using System.Net.Http.Headers;
using System.Text;

namespace SeestarAlpaca.Conformance.Http;

/// <summary>One request, written as it goes out: nothing is added to it and nothing corrected.</summary>
/// <param name="Method">HTTP verb.</param>
/// <param name="Path">From the slash on, without the query.</param>
internal sealed record HttpRequest(HttpMethod Method, string Path)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Query string without question mark; null for none.</summary>
    public string? Query { get; init; }

    /// <summary>Body; null for none at all.</summary>
    public string? Body { get; init; }

    /// <summary>Content type of the body; null leaves the header out.</summary>
    public string? ContentType { get; init; } = Form;

    /// <summary>The Accept header.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Asks for an interim 100 before the body is sent.</summary>
    public bool ExpectContinue { get; init; }

    /// <summary>Sends the header <c>base64handoff: true</c>, as the ASCOM Library does for images (alpaca-camera.md §4.2).</summary>
    public bool OffersHandOff { get; init; }

    /// <summary>How long it may take altogether.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that the reply may have.</summary>
    public long MaxLength { get; init; } = 1 << 20;

    public static HttpRequest Get(string path, string query = "") => new(HttpMethod.Get, path) { Query = query };

    public static HttpRequest Put(string path, string form = "") => new(HttpMethod.Put, path) { Body = form };

    /// <summary>The message for an <see cref="HttpClient"/>.</summary>
    public HttpRequestMessage ToMessage(Uri server)
    {
        var address = new Uri(server, Path + (string.IsNullOrEmpty(Query) ? "" : $"?{Query}"));
        var message = new HttpRequestMessage(Method, address);
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        message.Headers.ExpectContinue = ExpectContinue ? true : null;
        if (OffersHandOff)
        {
            message.Headers.TryAddWithoutValidation("base64handoff", "true");
        }

        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            message.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        }

        return message;
    }

    public override string ToString() =>
        $"{Method} {Path}{(string.IsNullOrEmpty(Query) ? "" : $"?{Query}")}{(string.IsNullOrEmpty(Body) ? "" : $" [{Body}]")}";
}
