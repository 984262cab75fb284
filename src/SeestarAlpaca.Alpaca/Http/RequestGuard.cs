namespace SeestarAlpaca.Alpaca.Http;

/// <summary>Runs a request and turns what goes wrong into a status with plain text: refusals as they say, faults as 500 without details.</summary>
/// <remarks>Such replies are written without regard to the client hanging up; that would be an exception which nobody catches.</remarks>
internal sealed partial class RequestGuard(TimeProvider time, ILogger<RequestGuard> logger)
{
    /// <summary>Answers a request by <paramref name="handle"/>.</summary>
    public async Task RunAsync(HttpContext context, Func<HttpContext, Task> handle)
    {
        var began = time.GetTimestamp();
        try
        {
            await handle(context);
        }
        catch (RequestRefusedException refusal)
        {
            if (refusal.Allow is { } allow)
            {
                context.Response.Headers.Allow = allow;
            }

            await AlpacaReply.WriteTextAsync(context.Response, refusal.Status, refusal.Message, CancellationToken.None);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.Gone(logger, context.Request.Method, context.Request.Path);
            return;
        }
        catch (BadHttpRequestException exception)
        {
            await AlpacaReply.WriteTextAsync(context.Response, exception.StatusCode, exception.Message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, context.Request.Method, context.Request.Path);
            await FailAsync(context);
        }

        Log.Answered(
            logger,
            context.Request.Method,
            context.Request.Path,
            context.Connection.RemoteIpAddress,
            context.Response.StatusCode,
            time.GetElapsedTime(began).TotalMilliseconds);
    }

    private static async Task FailAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            // Half of a reply is on its way; a broken connection is the only way left to say that the rest is missing.
            context.Abort();
            return;
        }

        context.Response.Clear();
        await AlpacaReply.WriteTextAsync(
            context.Response,
            StatusCodes.Status500InternalServerError,
            "The server failed while it answered; its log tells why.",
            CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Method} {Path} from {Address}: {Status} in {Milliseconds:0.0} ms.", EventName = nameof(Answered))]
        public static partial void Answered(
            ILogger logger, string method, string path, System.Net.IPAddress? address, int status, double milliseconds);

        [LoggerMessage(2, LogLevel.Debug, "{Method} {Path}: the client hung up before the answer was complete.", EventName = nameof(Gone))]
        public static partial void Gone(ILogger logger, string method, string path);

        [LoggerMessage(3, LogLevel.Warning, "{Method} {Path} failed.", EventName = nameof(Failed))]
        public static partial void Failed(ILogger logger, Exception exception, string method, string path);
    }
}
