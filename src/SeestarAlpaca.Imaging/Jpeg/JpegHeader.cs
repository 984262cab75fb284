using System.Buffers.Binary;
using SeestarAlpaca.Imaging.Pictures;

namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>The segments before the coded data. ITU-T T.81 annex B, and JFIF 1.01 so that colours are understood.</summary>
internal static class JpegHeader
{
    public static void Write(Stream stream, Image8 image, JpegSampling sampling, QuantizationTable luminance, QuantizationTable chrominance)
    {
        stream.Write([0xFF, 0xD8]);
        WriteSegment(stream, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        WriteSegment(stream, 0xDB, [0, .. InZigzag(luminance)]);

        var isColour = image.SamplesPerPixel > 1;
        var halves = (byte)(isColour && sampling == JpegSampling.Half ? 0x22 : 0x11);
        Span<byte> frame = [8, 0, 0, 0, 0, (byte)image.SamplesPerPixel];
        BinaryPrimitives.WriteUInt16BigEndian(frame[1..], (ushort)image.Height);
        BinaryPrimitives.WriteUInt16BigEndian(frame[3..], (ushort)image.Width);
        if (!isColour)
        {
            WriteSegment(stream, 0xC0, [.. frame, 1, halves, 0]);
            WriteSegment(stream, 0xC4, [.. Coded(0x00, HuffmanTable.LuminanceDc), .. Coded(0x10, HuffmanTable.LuminanceAc)]);
            WriteSegment(stream, 0xDA, [1, 1, 0x00, 0, 63, 0]);
            return;
        }

        WriteSegment(stream, 0xDB, [1, .. InZigzag(chrominance)]);
        WriteSegment(stream, 0xC0, [.. frame, 1, halves, 0, 2, 0x11, 1, 3, 0x11, 1]);
        WriteSegment(
            stream, 0xC4,
            [
                .. Coded(0x00, HuffmanTable.LuminanceDc), .. Coded(0x10, HuffmanTable.LuminanceAc),
                .. Coded(0x01, HuffmanTable.ChrominanceDc), .. Coded(0x11, HuffmanTable.ChrominanceAc),
            ]);
        WriteSegment(stream, 0xDA, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    }

    private static byte[] InZigzag(QuantizationTable table) => [.. QuantizationTable.Zigzag.ToArray().Select(place => table.Divisors[place])];

    private static byte[] Coded(byte place, HuffmanTable table) => [place, .. table.Lengths, .. table.Symbols];

    private static void WriteSegment(Stream stream, byte marker, ReadOnlySpan<byte> content)
    {
        Span<byte> start = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(start[2..], (ushort)(content.Length + 2));
        stream.Write(start);
        stream.Write(content);
    }
}
