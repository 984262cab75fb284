using System.IO.Compression;
using System.Text;

namespace SeestarAlpaca.Imaging.Tests.Fits;

/// <summary>FITS files put together by hand, line by line.</summary>
internal static class FitsBytes
{
    /// <summary>A file of header lines, END added, and pixels as they are stored.</summary>
    public static byte[] File(IEnumerable<string> lines, params int[] stored)
    {
        var header = string.Concat(lines.Append("END").Select(line => line.PadRight(80)));
        return
        [
            .. Encoding.Latin1.GetBytes(header.PadRight((header.Length + 2879) / 2880 * 2880)),
            .. stored.SelectMany(value => new[] { (byte)(value >> 8), (byte)value }),
        ];
    }

    /// <summary>The lines that every 16-bit picture has, with BZERO 32768.</summary>
    public static string[] Lines(int[] sides, params string[] further) =>
    [
        "SIMPLE  =                    T",
        "BITPIX  =                   16",
        $"NAXIS   = {sides.Length,20}",
        .. sides.Select((side, i) => $"NAXIS{i + 1}  = {side,20}"),
        "BZERO   =                32768",
        "BSCALE  =                    1",
        .. further,
    ];

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
