using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Http;

namespace SeestarAlpaca.Alpaca.Images;

/// <summary>Sends an image in the form that the client can read (alpaca-camera.md §4.2).</summary>
internal static class ImageReply
{
    /// <summary>Bytes of an image that are made before they are sent: what one download holds besides the image itself.</summary>
    public const int PieceLength = 64 << 10;

    public static async Task WriteAsync(HttpContext context, AlpacaImage image, TransactionIds ids)
    {
        var response = context.Response;
        if (TakesImageBytes(context.Request.Headers, image))
        {
            response.ContentType = ImageBytes.ContentType;
            response.ContentLength = ImageBytes.Length(image);
            await ImageBytes.WriteAsync(response.BodyWriter, image, ids, context.RequestAborted);
        }
        else
        {
            response.ContentType = "application/json; charset=utf-8";
            await ImageJson.WriteAsync(response.BodyWriter, image, ids, context.RequestAborted);
        }
    }

    /// <summary>
    /// Whether ImageBytes is offered anywhere in the Accept header; ranks are not looked at. Colour goes to alpyca as JSON, since its version 3.1
    /// decodes ImageBytes of rank 3 wrongly (alpaca-camera.md §4.3); it is known by the HTTP library that it uses.
    /// </summary>
    internal static bool TakesImageBytes(IHeaderDictionary headers, AlpacaImage image) =>
        headers.Accept.Any(a => a?.Contains(ImageBytes.ContentType, StringComparison.OrdinalIgnoreCase) == true)
        && !(image.Rank == 3 && headers.UserAgent.ToString().StartsWith("python-requests", StringComparison.OrdinalIgnoreCase));
}
