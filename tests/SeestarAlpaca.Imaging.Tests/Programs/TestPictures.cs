using System.Text;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Programs;

/// <summary>Pictures of 8 bits for encoders, and how good the result is.</summary>
internal static class TestPictures
{
    /// <summary>A noisy sky with a glow and coloured stars: hard for a picture format.</summary>
    public static Image8 Starry(int width, int height, int samplesPerPixel, Random random)
    {
        var samples = new byte[width * height * samplesPerPixel];
        for (var i = 0; i < samples.Length; i++)
        {
            var (x, y) = (i / samplesPerPixel % width, i / samplesPerPixel / width);
            var glow = 90 * Math.Exp(-(Math.Pow(x - (width / 2.0), 2) + Math.Pow(y - (height / 2.0), 2)) / (width * 20.0));
            var star = x * 31 % 47 < 2 && y * 17 % 41 < 2 ? 60 + (40 * (i % samplesPerPixel)) : 0;
            samples[i] = (byte)Math.Clamp(60 + glow + star + random.Next(-8, 9), 0, 255);
        }

        return new Image8(width, height, samplesPerPixel, samples);
    }

    public static Image8 Noise(int width, int height, int samplesPerPixel, Random random)
    {
        var samples = new byte[width * height * samplesPerPixel];
        random.NextBytes(samples);
        return new Image8(width, height, samplesPerPixel, samples);
    }

    /// <summary>The picture as PNM, which cjpeg takes.</summary>
    public static byte[] Pnm(Image8 image) =>
        [.. Encoding.ASCII.GetBytes($"P{(image.SamplesPerPixel == 1 ? 5 : 6)}\n{image.Width} {image.Height}\n255\n"), .. image.Samples.Span];

    /// <summary>The samples of a PNM file, which djpeg gives.</summary>
    public static byte[] Samples(byte[] pnm, Image8 like)
    {
        var header = Encoding.ASCII.GetBytes($"P{(like.SamplesPerPixel == 1 ? 5 : 6)}\n{like.Width} {like.Height}\n255\n");
        Assert.Equal(header, pnm[..header.Length]);
        Assert.Equal(header.Length + like.Samples.Length, pnm.Length);
        return pnm[header.Length..];
    }

    /// <summary>Peak signal-to-noise ratio in dB; infinite without any difference.</summary>
    public static double Psnr(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        Assert.Equal(one.Length, other.Length);
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }

        return 10 * Math.Log10(255.0 * 255 * one.Length / sum);
    }

    /// <summary>A linear picture of each type with samples over the whole range.</summary>
    public static Image16 Linear(string type, int width, int height) => type switch
    {
        "rgb" => TestImages.Random(new RgbImage(width, height), new Random(1)),
        "bayer" => TestImages.Random(new BayerImage(width, height, BayerPhase.Grbg), new Random(2)),
        "mono" => TestImages.Random(new MonoImage(width, height), new Random(3)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The samples as ffmpeg's gray16le or rgb48le.</summary>
    public static byte[] LittleEndian(Image16 image) => [.. image.Samples.ToArray().SelectMany(value => new[] { (byte)value, (byte)(value >> 8) })];
}
