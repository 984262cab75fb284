using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Http;

namespace SeestarAlpaca.Alpaca.Images;

/// <summary>An image as JSON: Type and Rank first, then nested arrays Value[x][y] or Value[x][y][plane] (alpaca-camera.md §4.4).</summary>
internal static class ImageJson
{
    /// <summary>Writes the reply piece by piece, no faster than the client takes it.</summary>
    public static async Task WriteAsync(PipeWriter output, AlpacaImage image, TransactionIds ids, CancellationToken cancellationToken)
    {
        output.Write(image.Rank == 2 ? """{"Type":2,"Rank":2,"Value":"""u8 : """{"Type":2,"Rank":3,"Value":"""u8);
        var complete = image.WideSamples.IsEmpty
            ? await WriteSamplesAsync(output, image.Samples, image, cancellationToken)
            : await WriteSamplesAsync(output, image.WideSamples, image, cancellationToken);
        if (complete)
        {
            WriteEnd(output, ids);
            await output.FlushAsync(cancellationToken);
        }
    }

    private static async Task<bool> WriteSamplesAsync<T>(
        PipeWriter output, ReadOnlyMemory<T> samples, AlpacaImage image, CancellationToken cancellationToken)
        where T : unmanaged, IUtf8SpanFormattable
    {
        var text = new SampleText(image.Height, image.Planes);
        while (text.Written < samples.Length)
        {
            output.Advance(text.Write(samples.Span, output.GetSpan(ImageReply.PieceLength)));
            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteEnd(PipeWriter output, TransactionIds ids)
    {
        output.Write(","u8);
        var common = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(common))
        {
            json.WriteStartObject();
            AlpacaReply.WriteCommon(json, ids, error: null);
            json.WriteEndObject();
        }

        output.Write(common.WrittenSpan[1..]);
    }
}
