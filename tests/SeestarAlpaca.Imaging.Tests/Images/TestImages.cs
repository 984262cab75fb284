using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Tests.Images;

/// <summary>Pictures for tests: of given samples, or of random ones that reach the ends of the range.</summary>
internal static class TestImages
{
    public static MonoImage Mono(int width, params ushort[] samples) => Filled(new MonoImage(width, samples.Length / width), samples);

    public static RgbImage Rgb(int width, params ushort[] samples) => Filled(new RgbImage(width, samples.Length / width / 3), samples);

    public static BayerImage Bayer(int width, BayerPhase phase, params ushort[] samples) =>
        Filled(new BayerImage(width, samples.Length / width, phase), samples);

    public static T Random<T>(T image, Random random)
        where T : Image16
    {
        foreach (ref var sample in image.Writable)
        {
            sample = random.Next(8) switch
            {
                0 => 0,
                1 => ushort.MaxValue,
                _ => (ushort)random.Next(ushort.MaxValue + 1),
            };
        }

        return image;
    }

    private static T Filled<T>(T image, ushort[] samples)
        where T : Image16
    {
        samples.CopyTo(image.Writable);
        return image;
    }
}
