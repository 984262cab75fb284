namespace SeestarAlpaca.EndToEnd.Tests.Support;

/// <summary>Recognises the letter F of the simulator's sky, and which way it stands.</summary>
internal static class LetterF
{
    /// <summary>Fails unless the picture shows one letter F, upright and not mirrored.</summary>
    public static void AssertUpright(int width, int height, Func<int, int, int> brightness)
    {
        var values = Enumerable.Range(0, width * height).Select(i => brightness(i % width, i / width)).ToArray();
        var threshold = (values.Min() + Enumerable.Order(values).ElementAt(values.Length * 99 / 100)) / 2;

        // Single hot pixels are not ink.
        var ink = (int x, int y) => Enumerable.Range(-1, 3).SelectMany(dy => Enumerable.Range(-1, 3).Select(dx => (X: x + dx, Y: y + dy)))
            .Count(p => p.X >= 0 && p.X < width && p.Y >= 0 && p.Y < height && values[(p.Y * width) + p.X] > threshold) > 5;
        var inked = Enumerable.Range(0, width * height).Where(i => ink(i % width, i / width)).Select(i => (X: i % width, Y: i / width)).ToList();
        var (left, top) = (inked.Min(p => p.X), inked.Min(p => p.Y));
        var (across, down) = (inked.Max(p => p.X) - left, inked.Max(p => p.Y) - top);

        var probes = new (double X, double Y, char Expected)[]
        {
            (0.1, 0.05, '#'), (0.9, 0.07, '#'), (0.1, 0.5, '#'), (0.1, 0.95, '#'), (0.6, 0.48, '#'),
            (0.9, 0.48, '.'), (0.6, 0.28, '.'), (0.6, 0.8, '.'), (0.9, 0.95, '.'),
        };
        var seen = probes.Select(p => ink(left + (int)(p.X * across), top + (int)(p.Y * down)) ? '#' : '.');
        Assert.Equal(new string([.. probes.Select(p => p.Expected)]), new string([.. seen]));
    }
}
