using System.Buffers;
using System.Globalization;
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
        where T : IUtf8SpanFormattable
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

    /// <summary>Turns samples into nested arrays, any number of bytes at a time.</summary>
    /// <param name="height">Rows; the samples of one column.</param>
    /// <param name="planes">Samples of one pixel; 1 means that pixels are numbers, not arrays.</param>
    private sealed class SampleText(int height, int planes)
    {
        /// <summary>The most that one sample can take: a comma and two brackets before, eleven characters, three brackets after.</summary>
        private const int LongestSample = 17;

        private int _row;
        private int _plane;

        /// <summary>Samples written so far.</summary>
        public int Written { get; private set; }

        /// <summary>Writes as many samples as surely fit and returns the bytes used.</summary>
        public int Write<T>(ReadOnlySpan<T> samples, Span<byte> destination)
            where T : IUtf8SpanFormattable
        {
            var used = 0;
            while (Written < samples.Length && destination.Length - used >= LongestSample)
            {
                Begin(destination, ref used);
                samples[Written].TryFormat(destination[used..], out var length, default, CultureInfo.InvariantCulture);
                used += length;
                Written++;
                End(destination, ref used, last: Written == samples.Length);
            }

            return used;
        }

        private void Begin(Span<byte> destination, ref int used)
        {
            destination[used] = (byte)(Written == 0 ? '[' : ',');
            used++;
            if (_plane == 0)
            {
                if (_row == 0)
                {
                    destination[used++] = (byte)'[';
                }

                if (planes > 1)
                {
                    destination[used++] = (byte)'[';
                }
            }
        }

        private void End(Span<byte> destination, ref int used, bool last)
        {
            if (++_plane == planes)
            {
                _plane = 0;
                if (planes > 1)
                {
                    destination[used++] = (byte)']';
                }

                if (++_row == height)
                {
                    _row = 0;
                    destination[used++] = (byte)']';
                }
            }

            if (last)
            {
                destination[used++] = (byte)']';
            }
        }
    }
}
