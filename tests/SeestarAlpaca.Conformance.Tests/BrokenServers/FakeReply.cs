using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Writes replies as Alpaca says or as the flaw does.</summary>
internal static class FakeReply
{
    private static readonly TimeSpan NagleDelay = TimeSpan.FromMilliseconds(40);

    public static async Task WriteAsync(
        HttpResponse response, Flaw flaw, object? value, bool isGet, uint transaction, uint serverTransaction, int error, string message, TimeProvider time)
    {
        var reply = new Dictionary<string, object?>
        {
            ["ClientTransactionID"] = transaction,
            ["ServerTransactionID"] = flaw == Flaw.ZeroServerTransaction ? 0 : serverTransaction,
        };
        if (value is not null || (isGet && flaw != Flaw.MissingValueOnError))
        {
            reply["Value"] = value;
        }

        if (flaw != Flaw.MissingErrorKeys)
        {
            reply["ErrorNumber"] = error;
            reply["ErrorMessage"] = flaw == Flaw.NullErrorMessage && error == 0 ? null : message;
        }

        var body = Encoding.UTF8.GetBytes(Text(reply, value, flaw));
        response.ContentType = flaw == Flaw.TextJson ? "text/json" : "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (flaw == Flaw.TwoSegments)
        {
            await response.Body.FlushAsync();
            await Task.Delay(NagleDelay, time);
        }

        await response.Body.WriteAsync(body);
    }

    public static Task WriteTextAsync(HttpResponse response, int status, string text, string type = "text/plain")
    {
        response.StatusCode = status;
        response.ContentType = type;
        return response.WriteAsync(text);
    }

    private static string Text(Dictionary<string, object?> reply, object? value, Flaw flaw)
    {
        var text = flaw == Flaw.CamelCaseKeys
            ? JsonSerializer.Serialize(reply.ToDictionary(pair => JsonNamingPolicy.CamelCase.ConvertName(pair.Key), pair => pair.Value))
            : JsonSerializer.Serialize(reply);
        return flaw == Flaw.IntegersWithPoint && value is int ? text.Replace($"\"Value\":{value}", $"\"Value\":{value}.0") : text;
    }
}
