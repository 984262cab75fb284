using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>Writes what precedes the common keys of a reply: the Value, for images with Type and Rank before it.</summary>
internal delegate void JsonValue(Utf8JsonWriter json);

/// <summary>
/// The small replies: JSON with the four common keys, or plain text. Each leaves in one piece together with its headers, since two small
/// segments cost 40 ms per call with some clients (alpaca-camera.md §11.15).
/// </summary>
internal static class AlpacaReply
{
    private const int LargestKeptBuffer = 64 << 10;

    [ThreadStatic]
    private static Scratch? _scratch;

    /// <summary>The reply of a call that succeeded.</summary>
    /// <param name="value">Null when the call has no value.</param>
    public static Task WriteAsync(HttpResponse response, TransactionIds ids, JsonValue? value, CancellationToken cancellationToken) =>
        WriteAsync(response, ids, value, error: null, cancellationToken);

    /// <summary>The reply of a call that the device refused.</summary>
    /// <param name="value">What stands for the value; null when the call has none.</param>
    public static Task WriteErrorAsync(
        HttpResponse response, TransactionIds ids, JsonValue? value, DriverException error, CancellationToken cancellationToken) =>
        WriteAsync(response, ids, value, error, cancellationToken);

    /// <summary>The reply to a request that is not understood, or that failed.</summary>
    public static async Task WriteTextAsync(HttpResponse response, int status, string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.BodyWriter.Write(bytes);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>The four common keys, the last of every reply.</summary>
    public static void WriteCommon(Utf8JsonWriter json, TransactionIds ids, DriverException? error)
    {
        json.WriteNumber("ClientTransactionID"u8, ids.ClientTransaction);
        json.WriteNumber("ServerTransactionID"u8, ids.ServerTransaction);
        json.WriteNumber("ErrorNumber"u8, error?.Number ?? 0);
        json.WriteString("ErrorMessage"u8, error?.Message ?? "");
    }

    private static async Task WriteAsync(
        HttpResponse response, TransactionIds ids, JsonValue? value, DriverException? error, CancellationToken cancellationToken)
    {
        WriteObject(response, ids, value, error);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void WriteObject(HttpResponse response, TransactionIds ids, JsonValue? value, DriverException? error)
    {
        var scratch = _scratch ??= new Scratch();
        scratch.Reset();
        scratch.Json.WriteStartObject();
        if (value is not null)
        {
            value(scratch.Json);
        }

        WriteCommon(scratch.Json, ids, error);
        scratch.Json.WriteEndObject();
        scratch.Json.Flush();

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = scratch.Buffer.WrittenCount;
        response.BodyWriter.Write(scratch.Buffer.WrittenSpan);
        if (scratch.Buffer.Capacity > LargestKeptBuffer)
        {
            _scratch = null;
        }
    }

    /// <summary>One buffer per thread: a reply is made without waiting and copied before anybody waits.</summary>
    private sealed class Scratch
    {
        public Scratch() => Json = new Utf8JsonWriter(Buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        public ArrayBufferWriter<byte> Buffer { get; } = new(512);

        public Utf8JsonWriter Json { get; }

        public void Reset()
        {
            Buffer.ResetWrittenCount();
            Json.Reset();
        }
    }
}
