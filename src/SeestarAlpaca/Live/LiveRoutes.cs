using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Geometry;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Stretch;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Web;

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
        WriteAsync(context, registry.Find(id), presence, encoder.MediaType, (_, stack) =>
        {
            var file = new MemoryStream();
            var reduction = Math.Clamp((stack.Image.Width + PageWidth - 1) / PageWidth, 1, Math.Min(Binning.MaxFactor, stack.Image.Height));
            encoder.Encode(AutoStretch.To8Bit(stack.Image, reduction), file);
            return file;
        });

    private static Task WriteFitsAsync(HttpContext context, Guid id, TelescopeRegistry registry, ViewerPresence presence) =>
        WriteAsync(context, registry.Find(id), presence, "image/fits", (telescope, stack) =>
        {
            // Samples, header and padding; memory that grows step by step would take twice as much of it.
            var file = new MemoryStream((2 * stack.Image.Samples.Length) + (4 * 2880));
            FitsWriter.Write(file, stack.Image, StackHeader.Cards(telescope, stack.Details));
            return file;
        });

    private static async Task WriteAsync(
        HttpContext context, Telescope? telescope, ViewerPresence presence, string mediaType, Func<Telescope, StackFrame, MemoryStream> make)
    {
        if (telescope is null)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such telescope.");
            return;
        }

        presence.Note(telescope);
        if (await MakeAsync(telescope, make) is not { } made)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status404NotFound, $"No stack has been received yet. {telescope.State.Text}");
            return;
        }

        await using var file = made;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = file.Length;
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Makes the file, holding the stack no longer than that: whoever downloads may be slow.</summary>
    private static async Task<MemoryStream?> MakeAsync(Telescope telescope, Func<Telescope, StackFrame, MemoryStream> make)
    {
        using var stack = telescope.Session.Frames.LeaseStack();
        return stack is null ? null : await Task.Run(() => make(telescope, stack));
    }
}
