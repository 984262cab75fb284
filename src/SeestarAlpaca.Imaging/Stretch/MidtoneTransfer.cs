namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>
/// The midtone transfer function: maps 0 to 0, 1 to 1 and the midtone m to one half, smoothly. m = 1/2 changes nothing, a smaller one lifts
/// the dark parts. Pure and thread safe.
/// </summary>
public static class MidtoneTransfer
{
    /// <summary>MTF(m, x) = (m − 1)·x ÷ ((2m − 1)·x − m).</summary>
    /// <param name="midtone">m; above 0, below 1.</param>
    /// <param name="value">x; below 0 counts as 0, above 1 as 1.</param>
    /// <returns>0 to 1.</returns>
    public static double Apply(double midtone, double value) => value switch
    {
        <= 0 => 0,
        >= 1 => 1,
        _ => (midtone - 1) * value / ((((2 * midtone) - 1) * value) - midtone),
    };

    /// <summary>The midtone that maps a value to a target. The function is its own inverse in this sense: m = MTF(target, value).</summary>
    /// <param name="value">0 to 1.</param>
    /// <param name="target">Above 0, below 1.</param>
    /// <returns>0 to 1, with the ends only for a value of 0 or 1.</returns>
    public static double Balance(double value, double target) => Apply(target, value);
}
