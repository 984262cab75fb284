using System.IO.Pipelines;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Web;

namespace SeestarAlpaca.Live;

/// <summary>The newest stack of a telescope over HTTP: as a small stretched picture, and as it is, in FITS.</summary>
internal static class LiveRoutes
{
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/web/v1/telescopes/{id:guid}/stack.png", WritePictureAsync);
        routes.MapGet("/web/v1/telescopes/{id:guid}/stack.fits", WriteFitsAsync);
    }

    private static async Task WritePictureAsync(HttpContext context, Guid id, TelescopeRegistry registry, ViewerPresence presence, PagePictures pictures)
    {
        if (await FindAsync(context, id, registry, presence) is { } telescope && await pictures.OfAsync(telescope) is { } picture)
        {
            Describe(context, pictures.MediaType);
            context.Response.ContentLength = picture.Length;
            await context.Response.Body.WriteAsync(picture, context.RequestAborted);
        }
    }

    private static async Task WriteFitsAsync(HttpContext context, Guid id, TelescopeRegistry registry, ViewerPresence presence)
    {
        if (await FindAsync(context, id, registry, presence) is not { } telescope || telescope.Session.Frames.LeaseStack() is not { } lease)
        {
            return;
        }

        using var stack = lease;
        Describe(context, "image/fits");
        context.Response.Headers.ContentDisposition = "attachment; filename=\"stack.fits\"";

        // The file is written as fast as the client takes it, from the stack itself: no client holds a file's worth of memory.
        var pipe = new Pipe();
        var sending = pipe.Reader.CopyToAsync(context.Response.Body, context.RequestAborted);
        var writing = Task.Factory.StartNew(() => Write(pipe.Writer, telescope, stack), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await sending;
        }
        finally
        {
            // Ends the writer where the client has gone; the lease must outlive it.
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    private static void Write(PipeWriter pipe, Telescope telescope, StackFrame stack)
    {
        Exception? failure = null;
        try
        {
            using var file = new BufferedStream(pipe.AsStream(leaveOpen: true), 64 << 10);
            FitsWriter.Write(file, stack.Image, StackHeader.Cards(telescope, stack.Details));
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        pipe.Complete(failure);
    }

    private static void Describe(HttpContext context, string mediaType)
    {
        context.Response.ContentType = mediaType;
        context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>The telescope, noted to be looked at; null, and the request answered, where it or its stack is not there.</summary>
    private static async Task<Telescope?> FindAsync(HttpContext context, Guid id, TelescopeRegistry registry, ViewerPresence presence)
    {
        if (registry.Find(id) is not { } telescope)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such telescope.");
            return null;
        }

        presence.Note(telescope);
        if (telescope.Session.Frames.NewestDetails is null)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status404NotFound, $"No stack has been received yet. {telescope.State.Text}");
            return null;
        }

        return telescope;
    }
}
