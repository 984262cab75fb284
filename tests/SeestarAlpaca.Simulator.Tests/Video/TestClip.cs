using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

/// <summary>A clip that no decoder understands, but whose packets can be followed: each slice's payload tells its picture.</summary>
internal static class TestClip
{
    public static readonly byte[] Sps = [0x67, 0x64, 0x00, 0x28, 0xAC];
    public static readonly byte[] Pps = [0x68, 0xEE, 0x3C, 0x80 | 0x30];

    public static VideoClip Create(int keyLength = 3000, int sliceLength = 200) => VideoClip.Parse(Stream(VideoFormat.Frames, keyLength, sliceLength));

    public static byte[] Stream(int pictures, int keyLength = 3000, int sliceLength = 200) =>
        [.. Enumerable.Range(0, pictures).SelectMany(picture => Picture(picture, keyLength, sliceLength))];

    public static byte[] Slice(byte head, int picture, int length) =>
        [head, 0x88, (byte)(picture + 1), .. Enumerable.Range(0, length - 3).Select(i => (byte)((i % 250) + 1))];

    private static byte[] Picture(int picture, int keyLength, int sliceLength) => picture % VideoFormat.KeyFrameInterval == 0
        ? [0, 0, 0, 1, .. Sps, 0, 0, 0, 1, .. Pps, 0, 0, 1, .. Slice(0x65, picture, keyLength)]
        : [0, 0, 1, .. Slice(0x41, picture, sliceLength)];
}
