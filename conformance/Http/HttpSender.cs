using System.Net;

namespace SeestarAlpaca.Conformance.Http;

/// <summary>Sends requests over connections of its own: no cookies, no redirects, no proxy, no decompression. Safe for several threads.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    /// <param name="server">Scheme, host and port.</param>
    public HttpSender(Uri server, TimeProvider time)
    {
        Server = server;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Server { get; }

    /// <summary>Sends a request and reads the whole reply.</summary>
    /// <exception cref="NoReplyException">There was none, it took too long, or it is longer than the request allows.</exception>
    public async Task<HttpReply> SendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(request.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var message = request.ToMessage(Server);
        try
        {
            var began = _time.GetTimestamp();
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var headed = _time.GetTimestamp();
            var body = await ReadAsync(request, response.Content, both.Token);
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
            return new HttpReply(
                (int)response.StatusCode, headers.GetValueOrDefault("content-type"), body, _time.GetElapsedTime(began), _time.GetElapsedTime(headed), headers);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoReplyException($"{request}: no complete reply within {request.Timeout.TotalSeconds} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new NoReplyException($"{request}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<byte[]> ReadAsync(HttpRequest request, HttpContent content, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength ?? 0;
        CheckLength(request, announced);
        using var source = await content.ReadAsStreamAsync(cancellationToken);
        var body = new byte[Math.Max(announced, 4096)];
        var length = 0;
        while (true)
        {
            if (length == body.Length)
            {
                if (length == announced)
                {
                    break;
                }

                Array.Resize(ref body, (int)Math.Min(2L * body.Length, request.MaxLength + 1));
            }

            var count = await source.ReadAsync(body.AsMemory(length), cancellationToken);
            if (count == 0)
            {
                break;
            }

            length += count;
            CheckLength(request, length);
        }

        return length == body.Length ? body : body[..length];
    }

    private static void CheckLength(HttpRequest request, long length)
    {
        if (length > request.MaxLength)
        {
            throw new NoReplyException($"{request}: the reply has more than {request.MaxLength} bytes, which cannot be right.");
        }
    }
}
