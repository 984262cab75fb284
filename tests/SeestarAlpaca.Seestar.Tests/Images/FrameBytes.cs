using System.Buffers.Binary;
using System.Text;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

/// <summary>Builds whole messages of the image port, header and payload.</summary>
internal static class FrameBytes
{
    public static byte[] Text(string text, byte id, PayloadForm form = PayloadForm.Text) =>
        Frame(new FrameHeader(text.Length, FrameKind.Text, form, id, 0, 0, false, 0), Encoding.ASCII.GetBytes(text));

    public static byte[] Raw(FrameKind kind, byte id, int width, int height, params ushort[] samples) =>
        Picture(kind, PayloadForm.Raw, id, width, height, Samples(samples));

    public static byte[] Zip(FrameKind kind, byte id, int width, int height, params ushort[] samples) =>
        Picture(kind, PayloadForm.Zip, id, width, height, new ZipBytes(Samples(samples)).Build());

    /// <summary>A stack as a telescope answers <c>get_stacked_img</c>: one colour all over.</summary>
    public static byte[] Stack(ushort level, int width = 4, int height = 2) =>
        Zip(FrameKind.Stacked, 23, width, height, [.. Enumerable.Repeat(level, width * height * 3)]);

    public static byte[] Picture(FrameKind kind, PayloadForm form, byte id, int width, int height, byte[] payload) =>
        Frame(new FrameHeader(payload.Length, kind, form, id, width, height, kind == FrameKind.Single, 7), payload);

    public static byte[] Frame(FrameHeader header, byte[] payload)
    {
        var bytes = new byte[FrameHeader.Length + payload.Length];
        header.Write(bytes, payload.FirstOrDefault(), payload.LastOrDefault());
        payload.CopyTo(bytes, FrameHeader.Length);
        return bytes;
    }

    /// <summary>Samples as they are sent: little-endian.</summary>
    public static byte[] Samples(params ushort[] samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), samples[i]);
        }

        return bytes;
    }
}
