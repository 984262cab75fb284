namespace SeestarAlpaca.Web;

/// <summary>Answers in a sentence, as text that no browser takes for markup: it may hold a target's name.</summary>
internal static class PlainText
{
    /// <summary>Answers with a status and a sentence.</summary>
    public static Task WriteAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
