using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stars;

namespace SeestarAlpaca.Imaging.Tests.Stars;

/// <summary>A field of a thousand isolated stars of known place and light, with the noise of sky and light, and the same without any noise.</summary>
internal sealed class SyntheticField : IDisposable
{
    public const double Noise = 40;

    /// <summary>The range of the signal-to-noise ratios, evenly filled in their logarithm: from unseen to just not saturated.</summary>
    private const double Faintest = 4;
    private const double HighestPeak = 55_000;

    private const double Spacing = 45;
    private const int Width = 1080;
    private const int Height = 1920;

    private static readonly double ElectronsPerAdu = new StarFinderOptions().ElectronsPerAdu;

    /// <param name="fwhm">Of all stars, in pixels.</param>
    /// <param name="seed">Of all chance.</param>
    public SyntheticField(double fwhm, int seed)
    {
        var random = new Random(seed);
        var deviation = fwhm / 2.3548;
        var brightest = Snr(new Gaussian(0, 0, HighestPeak, deviation, deviation));
        Stars =
        [
            .. from row in Enumerable.Range(0, (int)(Height / Spacing))
               from column in Enumerable.Range(0, (int)(Width / Spacing))
               let flux = Flux(Faintest * Math.Pow(brightest / Faintest, random.NextDouble()), fwhm)
               select new Gaussian(
                   Spacing * (column + 0.3 + (0.4 * random.NextDouble())), Spacing * (row + 0.3 + (0.4 * random.NextDouble())),
                   flux / (2 * Math.PI * deviation * deviation), deviation, deviation),
        ];
        Clean = Sky.With(Width, Height, Stars);
        Noisy = new RgbImage(Width, Height);
        for (var i = 0; i < Noisy.Writable.Length; i += 3)
        {
            double light = Clean.Samples[i];
            var noise = Math.Sqrt((Noise * Noise) + ((light - Sky.Level) / ElectronsPerAdu));
            Noisy.Writable.Slice(i, 3).Fill((ushort)Math.Clamp(light + (noise * Sky.Normal(random)) + 0.5, 1, ushort.MaxValue));
        }
    }

    public IReadOnlyList<Gaussian> Stars { get; }

    public RgbImage Clean { get; }

    public RgbImage Noisy { get; }

    /// <summary>A star's true signal-to-noise ratio, by the formula of <see cref="DetectedStar.Snr"/>.</summary>
    public static double Snr(Gaussian star) => star.Flux / Math.Sqrt((star.Flux / ElectronsPerAdu) + (Pixels(2.3548 * star.Major) * Noise * Noise));

    public void Dispose()
    {
        Clean.Dispose();
        Noisy.Dispose();
    }

    /// <summary>The flux that has a signal-to-noise ratio: the formula solved.</summary>
    private static double Flux(double snr, double fwhm) =>
        (snr * snr / (2 * ElectronsPerAdu)) + Math.Sqrt(Math.Pow(snr * snr / (2 * ElectronsPerAdu), 2) + (snr * snr * Pixels(fwhm) * Noise * Noise));

    private static double Pixels(double fwhm) => Math.PI * Math.Pow(Math.Max(3, 1.5 * fwhm), 2);
}
