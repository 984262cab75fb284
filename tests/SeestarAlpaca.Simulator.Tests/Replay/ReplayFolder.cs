using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Registration;

namespace SeestarAlpaca.Simulator.Tests.Replay;

/// <summary>A folder of drawn FITS subs, white stars on a gray and noisy sky; gone when disposed.</summary>
internal sealed class ReplayFolder : IDisposable
{
    public const int Width = 200;
    public const int Height = 240;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("replay");
    private readonly Random _random = new(1);
    private int _files;

    public string Path => _folder.FullName;

    /// <summary>Places of stars, somewhat away from the border.</summary>
    public static (double X, double Y)[] Field(int seed, int stars)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, stars).Select(_ => (20 + (random.NextDouble() * (Width - 40)), 20 + (random.NextDouble() * (Height - 40))))];
    }

    /// <summary>Writes the next sub.</summary>
    /// <param name="field">The stars, the brightest first.</param>
    /// <param name="transform">Where they are moved to.</param>
    public void Add((double X, double Y)[] field, RigidTransform transform = default)
    {
        var sub = new BayerImage(Width, Height, BayerPhase.Grbg);
        var stars = field.Select(star => transform.Apply(star.X, star.Y)).ToArray();
        for (var i = 0; i < sub.Samples.Length; i++)
        {
            var light = stars.Select((star, n) => 8000.0 / (n + 2) * Math.Exp(-Distance2(star, i % Width, i / Width) / (2 * 1.5 * 1.5))).Sum();
            sub.Writable[i] = (ushort)(900 + light + (80 * (_random.NextDouble() - 0.5)));
        }

        using var stream = File.Create(System.IO.Path.Combine(Path, $"{++_files:00}.fit"));
        FitsWriter.Write(stream, sub, []);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static double Distance2((double X, double Y) star, double x, double y) => ((star.X - x) * (star.X - x)) + ((star.Y - y) * (star.Y - y));
}
