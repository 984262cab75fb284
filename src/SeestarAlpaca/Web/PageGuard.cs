using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.Web;

/// <summary>
/// Guards everything outside the Alpaca API, which has no authentication by design: known host names only, writes of the same origin only and with
/// the access token where one is configured, and headers that keep foreign scripts out.
/// </summary>
internal sealed class PageGuard(RequestDelegate next, ServerOptions options)
{
    /// <summary>The cookie that can carry the access token.</summary>
    public const string Cookie = "seestaralpaca-access";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/management"))
        {
            await next(context);
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        if (!HostNames.IsAllowed(context.Request.Host.Host, Environment.MachineName, options.AllowedHosts))
        {
            await RefuseAsync(
                context, StatusCodes.Status421MisdirectedRequest, $"The host name {context.Request.Host.Host} is not known here. Add it to the option AllowedHosts.");
            return;
        }

        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!reads && !IsSameOrigin(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Changes are taken from this server's own pages, not from other sites.");
            return;
        }

        if (!reads && !HasToken(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Changes need the access token, as 'Authorization: Bearer …'.");
            return;
        }

        await next(context);
    }

    /// <summary>Browsers say where a request comes from; programs say nothing and are no danger to a browser's user.</summary>
    private static bool IsSameOrigin(HttpRequest request) =>
        request.Headers.Origin.ToString() is var origin && (origin.Length > 0
            ? Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none");

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }

    private bool HasToken(HttpRequest request)
    {
        if (options.AccessToken is not { } token)
        {
            return true;
        }

        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        var presented = authorization.StartsWith(Bearer, StringComparison.Ordinal) ? authorization[Bearer.Length..] : request.Cookies[Cookie] ?? string.Empty;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(token));
    }
}
