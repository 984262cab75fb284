using System.Globalization;
using Microsoft.AspNetCore.StaticFiles;
using SeestarAlpaca.Cameras;

namespace SeestarAlpaca.Web;

/// <summary>The pages: files that are part of the program. What changes they fetch themselves.</summary>
internal static class PageRoutes
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];
    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/", Reads, context => WriteAsync(context, "index.html"));
        routes.MapMethods("/setup", Reads, context => WriteAsync(context, "setup.html"));
        routes.MapMethods("/setup/v1/camera/{number}/setup", Reads, WriteCameraAsync);
        routes.MapMethods("/setup/{**path}", Reads, RefuseAsync);
        routes.MapMethods("/assets/{file}", Reads, (HttpContext context, string file) => WriteAsync(context, file));
    }

    private static Task WriteCameraAsync(HttpContext context, string number, CameraCatalog catalog) =>
        uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && catalog.Devices.Any(device => device.Number == wanted)
            ? WriteAsync(context, "camera.html")
            : RefuseAsync(context);

    /// <summary>Alpaca's answer for a setup address that does not exist.</summary>
    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return WriteAsync(context, "unknown.html");
    }

    /// <summary>Answers with a file that is part of the program.</summary>
    public static async Task WriteAsync(HttpContext context, string file)
    {
        await using var page = typeof(PageRoutes).Assembly.GetManifestResourceStream($"SeestarAlpaca.wwwroot.{file}");
        if (page is null)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such page.");
            return;
        }

        var mediaType = MediaTypes.TryGetContentType(file, out var known) ? known : "application/octet-stream";
        context.Response.ContentType = mediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{mediaType}; charset=utf-8" : mediaType;
        context.Response.ContentLength = page.Length;
        context.Response.Headers.CacheControl = "no-cache";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await page.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
