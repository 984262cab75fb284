using SeestarAlpaca.Options;

namespace SeestarAlpaca.Web;

/// <summary>Lets a browser keep the access token: whoever has shown it to the guard gets it as a cookie that no script can read.</summary>
internal static class AccessRoutes
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static void MapAccess(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/web/v1/access", (HttpContext context, ServerOptions options) =>
        {
            if (options.AccessToken is { } token)
            {
                context.Response.Cookies.Append(PageGuard.Cookie, token, new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Strict,
                    Secure = context.Request.IsHttps,
                    MaxAge = Lifetime,
                });
            }

            return Results.NoContent();
        });
}
