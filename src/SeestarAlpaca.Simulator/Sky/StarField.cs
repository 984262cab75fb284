using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>A star in a picture.</summary>
/// <param name="X">Columns from the centre of the leftmost pixel.</param>
/// <param name="Y">Rows down from the centre of the top pixel.</param>
/// <param name="Peak">Green ADU above the sky at its centre, in a 10 s sub at the reference gain.</param>
/// <param name="Redness">−1 blue to 1 red.</param>
internal readonly record struct Star(double X, double Y, double Peak, double Redness)
{
    /// <summary>The light of the star's centre.</summary>
    public Light Light => new((float)(Peak * (1 + (0.35 * Redness))), (float)Peak, (float)(Peak * (1 - (0.35 * Redness))));
}

/// <summary>
/// The stars of a field. The picture is as the sky is seen: north up and east left. The three brightest stars tell every flip and
/// rotation apart: the second is exactly north (above) of the first, the third exactly west (right) of it, and nearer.
/// </summary>
internal static class StarField
{
    /// <summary>Stars in a picture of 1080 × 1920.</summary>
    private const int Count = 400;

    /// <summary>The faintest stars: about two standard deviations of one sub.</summary>
    private const double FaintestPeak = 150;

    /// <summary>The brightest apart from the three.</summary>
    private const double BrightestPeak = 18_000;

    /// <summary>The number of stars at least as bright falls with this power of the brightness: 10^(0.32 m).</summary>
    private const double Slope = 0.8;

    /// <summary>All stars, the three brightest first.</summary>
    public static IReadOnlyList<Star> Of(PictureSize size, Random random)
    {
        var count = Math.Max(30, (int)((long)Count * size.Width * size.Height / (1080 * 1920)));
        var stars = new List<Star>(count + 3);
        stars.AddRange(Pattern(size, random));
        for (var i = 0; i < count; i++)
        {
            var peak = FaintestPeak * Math.Pow(1 - random.NextDouble(), -1 / Slope);
            stars.Add(new Star(
                random.NextDouble() * size.Width, random.NextDouble() * size.Height, Math.Min(peak, BrightestPeak), (2 * random.NextDouble()) - 1));
        }

        return stars;
    }

    private static IEnumerable<Star> Pattern(PictureSize size, Random random)
    {
        var x = Math.Round(size.Width * (0.3 + (0.4 * random.NextDouble())));
        var y = Math.Round(size.Height * (0.4 + (0.4 * random.NextDouble())));
        var side = Math.Min(size.Width, size.Height);
        yield return new Star(x, y, 80_000, 0);
        yield return new Star(x, y - Math.Round(0.2 * side), 40_000, 0.5);
        yield return new Star(x + Math.Round(0.12 * side), y, 30_000, -0.5);
    }
}
