using System.Security.Cryptography;
using System.Text;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.Web;

/// <summary>
/// Guards everything outside the Alpaca API, which has no authentication by design: known host names only, writes of the same origin only and with
/// the access token where one is configured, and headers that keep foreign scripts out.
/// </summary>
internal sealed partial class PageGuard(RequestDelegate next, ServerOptions options, ILogger<PageGuard> logger)
{
    /// <summary>The cookie that can carry the access token.</summary>
    public const string Cookie = "seestaralpaca-access";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/management", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        if (!HostNames.IsAllowed(context.Request.Host.Host, Environment.MachineName, options.AllowedHosts))
        {
            await PlainText.WriteAsync(
                context, StatusCodes.Status421MisdirectedRequest, $"The host name '{context.Request.Host.Host}' is not known here. Use an address or localhost; a server takes further names from its option AllowedHosts.");
            return;
        }

        if (context.Request.Path.StartsWithSegments("/web", StringComparison.Ordinal) && context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            await PlainText.WriteAsync(context, StatusCodes.Status403Forbidden, "Pictures and states are shown on this server's own pages, not on other sites.");
            return;
        }

        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!reads && !IsSameOrigin(context.Request))
        {
            await PlainText.WriteAsync(context, StatusCodes.Status403Forbidden, "Changes are taken from this server's own pages, not from other sites.");
            return;
        }

        if (!reads && !HasToken(context.Request))
        {
            await PlainText.WriteAsync(context, StatusCodes.Status401Unauthorized, "Changes need the access token, as 'Authorization: Bearer …' or as the cookie that POST /web/v1/access sets.");
            return;
        }

        await RunAsync(context);
    }

    /// <summary>What goes wrong further on is answered here: the server's own answer would lack the headers.</summary>
    private async Task RunAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var isBadRequest = exception is BadHttpRequestException;
            if (!isBadRequest)
            {
                Log.Broke(logger, context.Request.Path, exception);
            }

            await PlainText.WriteAsync(
                context,
                isBadRequest ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError,
                isBadRequest ? exception.Message : "Something went wrong in the server; its log tells more.");
        }
    }

    /// <summary>Browsers say where a request comes from; programs say nothing and are no danger to a browser's user.</summary>
    private static bool IsSameOrigin(HttpRequest request) =>
        request.Headers.Origin.ToString() is var origin && (origin.Length > 0
            ? Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none");

    private bool HasToken(HttpRequest request)
    {
        if (options.AccessToken is not { } token)
        {
            return true;
        }

        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        var presented = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..] : request.Cookies[Cookie] ?? string.Empty;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(token));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Path} could not be answered.", EventName = nameof(Broke))]
        public static partial void Broke(ILogger logger, string? path, Exception exception);
    }
}
