using System.Globalization;

namespace SeestarAlpaca.Simulator.Models;

/// <summary>What a telescope wants of a connection before it obeys (<c>seestar-protocol.md</c> §3.4, §3.5).</summary>
internal enum Authentication
{
    /// <summary>Nothing.</summary>
    Old,

    /// <summary>The word <c>verify</c> in every request line.</summary>
    Verify,

    /// <summary>The same, and a signature with the telescope maker's key first.</summary>
    Rsa,
}

/// <summary>A firmware version as the maker prints it, such as 6.70.</summary>
/// <param name="Major">Before the dot; 1 to 99.</param>
/// <param name="Minor">The two digits after the dot; 0 to 99.</param>
internal readonly record struct FirmwareVersion(int Major, int Minor) : IComparable<FirmwareVersion>
{
    /// <summary>The first version that wants the word <c>verify</c>.</summary>
    public static readonly FirmwareVersion WantsVerify = new(5, 82);

    /// <summary>The first version with <c>set_setting</c> for the options of the stack and 210 for mastership.</summary>
    public static readonly FirmwareVersion StackOptionsInSettings = new(6, 70);

    /// <summary>The first version that tells a port in Exposure and View events.</summary>
    public static readonly FirmwareVersion TellsPort = new(7, 6);

    /// <summary>The first version that wants a signature.</summary>
    public static readonly FirmwareVersion WantsSignature = new(7, 18);

    /// <summary><c>firmware_ver_int</c>: 2000 + 100 × version.</summary>
    public int Number => 2000 + (100 * Major) + Minor;

    /// <summary>What this version asks of a connection.</summary>
    public Authentication Authentication =>
        this >= WantsSignature ? Authentication.Rsa : this >= WantsVerify ? Authentication.Verify : Authentication.Old;

    /// <summary>Reads a version of the form 6.70: one or two digits, a dot, two digits.</summary>
    public static bool TryParse(string? text, out FirmwareVersion version)
    {
        var parts = (text ?? "").Split('.');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major is >= 1 and <= 99
            && parts[1].Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            version = new FirmwareVersion(major, minor);
            return true;
        }

        version = default;
        return false;
    }

    /// <inheritdoc/>
    public int CompareTo(FirmwareVersion other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor:00}";

    public static bool operator <(FirmwareVersion left, FirmwareVersion right) => left.Number < right.Number;

    public static bool operator <=(FirmwareVersion left, FirmwareVersion right) => left.Number <= right.Number;

    public static bool operator >(FirmwareVersion left, FirmwareVersion right) => left.Number > right.Number;

    public static bool operator >=(FirmwareVersion left, FirmwareVersion right) => left.Number >= right.Number;
}
