using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Fits;

/// <summary>Writes pictures as FITS files of 16-bit unsigned values, top row first. Thread safe. Rules: FITS standard 4.0.</summary>
public static class FitsWriter
{
    private const ushort SignBit = 0x8000;

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "SIMPLE", "BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "NAXIS3", "EXTEND", "BZERO", "BSCALE", "BLANK",
        "ROWORDER", "BAYERPAT", "XBAYROFF", "YBAYROFF", "CHECKSUM", "DATASUM", "END",
    };

    /// <summary>Where a file may tell the observer's place, which is nobody's business.</summary>
    private static readonly HashSet<string> Private = new(StringComparer.OrdinalIgnoreCase)
    {
        "SITELAT", "SITELONG", "SITEELEV", "SITEALT", "LAT-OBS", "LONG-OBS", "ALT-OBS", "OBSLAT", "OBSLONG", "OBSELEV", "OBSALT",
        "LATITUDE", "LONGITUD", "ALTITUDE", "OBSGEO-B", "OBSGEO-L", "OBSGEO-H", "OBSGEO-X", "OBSGEO-Y", "OBSGEO-Z", "GEOLAT", "GEOLON",
    };

    /// <summary>Writes one picture: BITPIX 16 with BZERO 32768, ROWORDER TOP-DOWN.</summary>
    /// <param name="stream">Where the file goes, from the present position; left open, not flushed.</param>
    /// <param name="image">
    /// A <see cref="BayerImage"/> gets two axes and BAYERPAT, a <see cref="MonoImage"/> two axes, an <see cref="RgbImage"/> a third axis with the
    /// planes red, green, blue.
    /// </param>
    /// <param name="extraCards">
    /// Further cards in this order. Those that the picture itself decides (such as NAXIS1 or BAYERPAT) are left out, so that the cards of a file that
    /// was read can be handed on. So are those that tell where the observer lives (such as SITELAT).
    /// </param>
    public static void Write(Stream stream, Image16 image, IEnumerable<FitsCard> extraCards)
    {
        stream.Write(Encoding.ASCII.GetBytes(Header(image, extraCards)));
        for (var plane = 0; plane < image.SamplesPerPixel; plane++)
        {
            WritePlane(stream, image, plane);
        }

        stream.Write(new byte[Padding((long)image.Samples.Length * sizeof(ushort))]);
    }

    /// <summary>The same within gzip, for files named .fits.gz: smaller, and slower to make.</summary>
    /// <param name="stream">Where the file goes, from the present position; left open.</param>
    /// <param name="image">See <see cref="Write"/>.</param>
    /// <param name="extraCards">See <see cref="Write"/>.</param>
    /// <param name="level">How hard the compression tries.</param>
    public static void WriteGzip(Stream stream, Image16 image, IEnumerable<FitsCard> extraCards, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var compressed = new GZipStream(stream, level, leaveOpen: true);
        Write(compressed, image, extraCards);
    }

    /// <summary>How many bytes <see cref="Write"/> writes of the same picture and cards.</summary>
    public static long LengthOf(Image16 image, IEnumerable<FitsCard> extraCards)
    {
        var pixels = (long)image.Samples.Length * sizeof(ushort);
        return Header(image, extraCards).Length + pixels + Padding(pixels);
    }

    private static string Header(Image16 image, IEnumerable<FitsCard> extraCards)
    {
        var header = new StringBuilder();
        foreach (var card in OwnCards(image).Concat(extraCards.Where(card => !Own.Contains(card.Keyword) && !Private.Contains(card.Keyword))))
        {
            header.Append(FitsCardText.Format(card));
        }

        header.Append("END".PadRight(FitsCardText.Length));
        return header.Append(' ', Padding(header.Length)).ToString();
    }

    private static IEnumerable<FitsCard> OwnCards(Image16 image)
    {
        yield return new FitsCard("SIMPLE", true, "file conforms to FITS standard");
        yield return new FitsCard("BITPIX", 16, "bits per sample");
        yield return new FitsCard("NAXIS", image.SamplesPerPixel == 1 ? 2 : 3, "number of axes");
        yield return new FitsCard("NAXIS1", image.Width, "width in pixels");
        yield return new FitsCard("NAXIS2", image.Height, "height in pixels");
        if (image.SamplesPerPixel > 1)
        {
            yield return new FitsCard("NAXIS3", image.SamplesPerPixel, "red, green, blue");
        }

        yield return new FitsCard("BZERO", 32768, "unsigned 16-bit samples");
        yield return new FitsCard("BSCALE", 1);
        yield return new FitsCard("ROWORDER", "TOP-DOWN", "the first row is the top one");
        if (image is BayerImage bayer)
        {
            yield return new FitsCard("BAYERPAT", bayer.Phase.ToString().ToUpperInvariant(), "colours of the first 2 x 2 pixels");
        }
    }

    private static void WritePlane(Stream stream, Image16 image, int plane)
    {
        var bytes = new byte[image.Width * sizeof(ushort)];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y)[plane..];
            for (int i = 0, x = 0; i < bytes.Length; i += sizeof(ushort), x += image.SamplesPerPixel)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i), (ushort)(row[x] ^ SignBit));
            }

            stream.Write(bytes);
        }
    }

    private static int Padding(long length) => (int)((FitsHeader.BlockLength - (length % FitsHeader.BlockLength)) % FitsHeader.BlockLength);
}
