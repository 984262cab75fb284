namespace SeestarAlpaca.Seestar.Session;

/// <summary>Doubling delays between attempts, each off by up to a fifth so that many clients don't return at once. Pure arithmetic.</summary>
/// <param name="First">The first delay.</param>
/// <param name="Longest">No delay is longer, before the jitter.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The delay after a number of failures in a row.</summary>
    /// <param name="failures">1 for the first failure.</param>
    /// <param name="random">The jitter; a delay is never shorter than <see cref="First"/>.</param>
    public TimeSpan Delay(int failures, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var doubled = First * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return (doubled < Longest ? doubled : Longest) * (1 + (0.2 * random.NextDouble()));
    }
}
