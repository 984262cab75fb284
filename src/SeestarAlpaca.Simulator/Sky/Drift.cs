namespace SeestarAlpaca.Simulator.Sky;

/// <summary>How far a sub is off its place, in pixels to the right and down. Even numbers keep the colours in place, so that registering is exact.</summary>
internal readonly record struct Drift(int X, int Y)
{
    /// <summary>
    /// The slow drift of a telescope that tracks imperfectly: up to six pixels, as a function of the number of the sub.
    /// </summary>
    /// <param name="seed">Decides the phase.</param>
    /// <param name="number">The number of the sub.</param>
    public static Drift Of(ulong seed, int number)
    {
        var phase = (Hash.Mix(seed) & 1023) / 1024.0 * Math.Tau;
        return new Drift(
            2 * (int)Math.Round(3 * Math.Sin((Math.Tau * number / 37) + phase)),
            2 * (int)Math.Round(3 * Math.Sin((Math.Tau * number / 23) + (2 * phase))));
    }
}
