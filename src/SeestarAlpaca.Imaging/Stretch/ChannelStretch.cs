namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>What happens to the samples of one channel.</summary>
/// <param name="Black">The value shown black, 0 to below <paramref name="White"/>; smaller ones are black too.</param>
/// <param name="Midtone">The midtone between black and white, above 0 and below 1; see <see cref="MidtoneTransfer"/>.</param>
/// <param name="White">The value shown white, at most and by default 65535; greater ones are white too.</param>
public readonly record struct ChannelStretch(double Black, double Midtone, double White = ushort.MaxValue)
{
    /// <summary>Where the value lies between black (0) and white (1).</summary>
    internal double Normalize(double value) => Math.Clamp((value - Black) / (White - Black), 0, 1);

    /// <summary>What becomes of each value.</summary>
    internal byte[] ToTable() => ToTable(byte.MaxValue, value => (byte)value);

    /// <summary>What becomes of each value when the result has 16 bits too.</summary>
    internal ushort[] ToWideTable() => ToTable(ushort.MaxValue, value => (ushort)value);

    private T[] ToTable<T>(int most, Func<double, T> round)
    {
        var table = new T[ushort.MaxValue + 1];
        var (black, scale) = (Black, 1 / (White - Black));
        var (rise, turn) = (Midtone - 1, (2 * Midtone) - 1);
        var first = (int)Math.Clamp(Math.Ceiling(black), 0, ushort.MaxValue);
        var last = (int)Math.Clamp(Math.Floor(White), 0, ushort.MaxValue);
        for (var value = first; value <= last; value++)
        {
            var part = (value - black) * scale;
            table[value] = round((most * (rise * part / ((turn * part) - Midtone))) + 0.5);
        }

        table.AsSpan(last + 1).Fill(round(most));
        return table;
    }
}
