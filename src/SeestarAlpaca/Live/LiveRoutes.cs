using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Stretch;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Live;

/// <summary>The newest stack of a telescope over HTTP: as a small stretched picture, and as it is, in FITS.</summary>
internal static class LiveRoutes
{
    /// <summary>A picture for a page is at most so many pixels wide.</summary>
    private const int PageWidth = 540;

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/web/v1/telescopes/{id:guid}/stack.png", WritePictureAsync);
        routes.MapGet("/web/v1/telescopes/{id:guid}/stack.fits", WriteFitsAsync);
    }

    private static Task WritePictureAsync(HttpContext context, Guid id, TelescopeRegistry registry, ViewerPresence presence, IPictureEncoder encoder) =>
        WriteAsync(context, registry.Find(id), presence, encoder.MediaType, (stream, _, stack) =>
        {
            var reduction = Math.Clamp((stack.Image.Width + PageWidth - 1) / PageWidth, 1, Imaging.Geometry.Binning.MaxFactor);
            encoder.Encode(AutoStretch.To8Bit(stack.Image, reduction), stream);
        });

    private static Task WriteFitsAsync(HttpContext context, Guid id, TelescopeRegistry registry, ViewerPresence presence) =>
        WriteAsync(context, registry.Find(id), presence, "image/fits", (stream, telescope, stack) =>
            FitsWriter.Write(stream, stack.Image, StackHeader.Cards(telescope, stack.Details)));

    private static async Task WriteAsync(
        HttpContext context,
        Telescope? telescope,
        ViewerPresence presence,
        string mediaType,
        Action<Stream, Telescope, Seestar.Session.StackFrame> write)
    {
        if (telescope is null)
        {
            await Refuse(context, "There is no such telescope.");
            return;
        }

        presence.Note(telescope);
        using var stack = telescope.Session.Frames.LeaseStack();
        if (stack is null)
        {
            await Refuse(context, $"No stack has been received yet. {telescope.State.Text}");
            return;
        }

        using var file = new MemoryStream();
        await Task.Run(() => write(file, telescope, stack), context.RequestAborted);

        context.Response.ContentType = mediaType;
        context.Response.ContentLength = file.Length;
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Task Refuse(HttpContext context, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
