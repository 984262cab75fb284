namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Makes independent seeds of numbers and names.</summary>
internal static class Hash
{
    /// <summary>Scrambles a number (the finaliser of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A seed made of two.</summary>
    public static ulong Mix(ulong one, ulong other) => Mix(one ^ Mix(other));

    /// <summary>A number made of a text (FNV-1a), the same on every machine.</summary>
    public static ulong Of(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 0x100000001B3;
        }

        return hash;
    }
}
